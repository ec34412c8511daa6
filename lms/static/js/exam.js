// Makes an exam's pages better: answers are saved as they are given, unsent ones wait on this device.
// Without this script each page saves by its buttons.

import { runClock } from "./exam-clock.js";
import { Queue, read, write } from "./exam-queue.js";
import { offerStrikes } from "./exam-strike.js";

const whole = document.querySelector("[data-exam]");
const page = whole.dataset;
const form = document.getElementById("item-form");
const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
const saved = document.querySelector("[data-saved]");
const setClock = runClock(document.querySelector("[data-clock]"), document.querySelector("[data-announce]"));
const epoch = Number(page.epoch);
const queue = new Queue({ attempt: page.exam, epoch, sequence: Number(page.sequence), token });
let isHeld = false;
let noted = null;

// One note at a time, at the top of the page, where it stays until the next one.
function note(name, fill) {
  const part = document.getElementById(`note-${name}`).content.cloneNode(true);
  fill?.(part);
  noted?.remove();
  whole.prepend(part);
  noted = whole.firstElementChild;
  noted.setAttribute("role", "status");
  return noted;
}

function sayWords(words, address) {
  note("words", (part) => {
    part.querySelector("[data-words]").textContent = words;
    const link = part.querySelector("[data-link]");
    if (address) link.href = address;
    else link.remove();
  });
}

// --- What is saved, in words ----------------------------------------------------------------

function showWaiting() {
  if (!queue.size) return;
  saved.classList.add("waiting");
  saved.querySelector("span").textContent = saved.dataset.waiting.replace("{saved}", saved.dataset.count).replace("{waiting}", queue.size);
  for (const { position, chosen, flagged } of queue.entries) markPlace(position, { chosen, flagged, waits: true });
}

function markPlace(position, { chosen, flagged, waits }) {
  const list = document.querySelector("[data-places]");
  const place = list?.querySelector(`[data-place="${position}"]`);
  if (!place) return;
  place.classList.toggle("waiting", waits);
  place.classList.toggle("answered", !waits && chosen.length > 0);
  const words = [chosen.length ? list.dataset.answered : list.dataset.empty];
  if (flagged) words.push(list.dataset.flagged);
  if (waits) words.push(list.dataset.waiting);
  place.querySelector(".unseen").textContent = `: ${words.join(", ")}`;
  place.querySelector(".flag")?.remove();
  if (flagged) place.append(document.querySelector(".navigator .key .flag").cloneNode(true));
}

queue.addEventListener("change", showWaiting);
queue.addEventListener("saved", ({ detail: { entry, body } }) => {
  markPlace(entry.position, { ...entry, waits: queue.entries.some((one) => one.position === entry.position) });
  saved.dataset.count = body.saved_count;
  setClock(body.seconds_left);
  if (queue.size) return;
  saved.classList.remove("waiting");
  saved.querySelector("span").textContent = body.words;
  if (isHeld) note("back");
  isHeld = false;
});
queue.addEventListener("held", ({ detail: { status } }) => {
  if (status === 401 || status === 403) sayWords(saved.dataset.signedOut, location.pathname);
  else if (!isHeld) note("offline");
  isHeld = true;
});
queue.addEventListener("refused", ({ detail: { entry, body } }) => {
  if (!queue.size) saved.classList.remove("waiting");
  if (entry.epoch < epoch) return offer(entry, body);
  if (form && entry.position === Number(form.dataset.position) && "stands" in body) choose(body.stands);
  markPlace(entry.position, { ...entry, chosen: body.stands ?? [], waits: false });
  sayWords(body.words ?? "", body.next);
});

// --- Answers of an earlier opening: kept by the server, offered here, never applied by themselves

const offeredKey = `exam:${page.exam}:offered`;

function offer(entry, body) {
  if (JSON.stringify(body.stands) === JSON.stringify(entry.chosen)) return;
  write(offeredKey, { ...read(offeredKey, {}), [entry.position]: entry });
  showOffered();
}

function showOffered() {
  const entries = Object.values(read(offeredKey, {}));
  if (!entries.length) return;
  const shown = note("offered", (part) => {
    part.querySelector("[data-items]").textContent = entries.map((entry) => entry.position).join(", ");
  });
  const settle = (take) => {
    write(offeredKey, {});
    shown.remove();
    if (!take) return;
    for (const entry of entries) {
      if (form && entry.position === Number(form.dataset.position)) choose(entry.chosen);
      queue.add(entry);
    }
  };
  shown.querySelector("[data-take]").addEventListener("click", () => settle(true));
  shown.querySelector("[data-leave]").addEventListener("click", () => settle(false));
}

// --- The item -------------------------------------------------------------------------------

function choose(options) {
  for (const input of form.elements.chosen) input.checked = options.includes(input.value);
}

function current() {
  const chosen = [...form.elements.chosen].filter((input) => input.checked).map((input) => input.value);
  const flag = form.querySelector("[name=flag]");
  return { url: location.pathname, position: Number(form.dataset.position), chosen, flagged: flag.getAttribute("aria-pressed") === "true" };
}

function toggleFlag(flag) {
  const isOn = flag.getAttribute("aria-pressed") !== "true";
  flag.setAttribute("aria-pressed", String(isOn));
  flag.value = isOn ? "off" : "on";
  const words = flag.querySelector("span");
  words.textContent = isOn ? words.dataset.on : words.dataset.off;
}

async function leaveFor(address) {
  if (await queue.flush()) location.assign(address);
}

function watchItem() {
  offerStrikes(form, page);
  const mine = queue.entries.find((entry) => entry.position === Number(form.dataset.position));
  if (mine) choose(mine.chosen);
  form.addEventListener("change", () => queue.add(current()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.name === "flag") {
      toggleFlag(button);
      queue.add(current());
      return;
    }
    const goal = button?.value ?? "";
    const base = location.pathname.replace(/\d+\/$/, "");
    leaveFor(goal ? `${base}${goal}/` : location.pathname);
  });
}

// Offline, a link would only lead to the browser's error page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !queue.size || link.target || link.hasAttribute("data-link") || link.origin !== location.origin) return;
  if (link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  leaveFor(link.href);
});

document.querySelector("[data-hand-in]")?.addEventListener("submit", async (event) => {
  if (!queue.size) return;
  event.preventDefault();
  if (await queue.flush()) event.target.submit();
});

if (form) watchItem();
showOffered();
showWaiting();
queue.flush();
