// Follows a certificate from "earned" to "ready". The server draws the page; this module asks how far
// it is, and when something has changed, it takes the drawn page over in place.
const PAUSES = [1000, 1000, 2000, 2000, 3000, 5000];
const LONGEST = 15000;
const PATIENCE = 20 * 60 * 1000;

const started = Date.now();
let round = 0;

function box() {
  return document.getElementById("progress");
}

async function hasChanged(address) {
  if (!address) return true; // not issued yet: only the page itself can tell
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  const { mark } = await answer.json();
  return mark !== box().dataset.mark;
}

async function takeOver() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("progress");
  if (!fresh || fresh.dataset.mark === box().dataset.mark) return;
  const focused = document.activeElement?.id;
  box().replaceWith(document.adoptNode(fresh));
  document.title = page.title;
  history.replaceState(null, "", answer.url);
  if (focused) document.getElementById(focused)?.focus();
  requestAnimationFrame(() => {
    const news = box().querySelector("[data-news]");
    if (news) news.textContent = box().querySelector("h1").textContent;
  });
}

async function ask() {
  try {
    if (await hasChanged(box().dataset.certificate)) await takeOver();
    round += 1;
  } catch {
    round += 2; // away, or offline: ask less often
  }
  const waits = box().dataset.certificate !== undefined;
  if (waits && Date.now() - started < PATIENCE) setTimeout(ask, PAUSES[round] ?? LONGEST);
}

if (box()?.dataset.certificate !== undefined) setTimeout(ask, PAUSES[0]);
