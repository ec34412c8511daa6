// In a lesson: checks and reflections are kept without a new page. Without this file they are plain forms.

const SIGNED_OUT = "signed-out";

// Signing in, in another tab, changes the token: the cookie has the one that counts.
function fill(form) {
  const body = new FormData(form);
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (token) body.set("csrfmiddlewaretoken", token);
  return body;
}

async function send(form) {
  const response = await fetch(form.action, {
    method: "POST",
    body: fill(form),
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  if (response.redirected || response.status === 403) throw new Error(SIGNED_OUT); // the sign-in page speaks JSON, too
  if (!(response.headers.get("Content-Type") ?? "").startsWith("application/json")) throw new Error(String(response.status));
  return response.json();
}

// What was typed stays in the form: a new page would lose it.
function sayUnsaved(form, reason) {
  const note = document.getElementById(reason === SIGNED_OUT ? "note-signed-out" : "note-unsaved");
  form.querySelector("[data-saved]")?.replaceChildren();
  form.querySelector("button").before(note.content.cloneNode(true));
}

function markDone(id) {
  const line = document.querySelector(`[data-left-block="${CSS.escape(id)}"]`);
  if (!line) return;
  line.remove();
  if (!document.querySelector("[data-left-block]")) {
    for (const part of document.querySelectorAll("[data-left]")) part.remove();
  }
  const here = document.querySelector(".seat .trail .here");
  if (!here) return;
  here.className = "done";
  if (here.nextElementSibling) here.nextElementSibling.className = "here";
}

function showFeedback(form, told) {
  const note = form.querySelector(told.is_right ? "[data-right]" : "[data-wrong]").content.cloneNode(true);
  note.querySelector("p span").textContent = told.feedback;
  form.querySelector("[data-says]").replaceChildren(note);
  for (const option of form.querySelectorAll(".option")) {
    option.classList.toggle("right", told.is_right && option.querySelector("input").checked);
  }
  const button = form.querySelector("button");
  button.textContent = button.dataset.again;
}

function showSaved(form, told) {
  form.querySelector("[data-saved]").textContent = told.saved ?? told.refused;
}

function enhance(form, id, show) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelector("[data-unsaved]")?.remove();
    try {
      const told = await send(form);
      show(form, told);
      if (!told.refused) markDone(id);
    } catch (error) {
      sayUnsaved(form, error.message);
    }
  });
}

for (const form of document.querySelectorAll("form[data-check][action]")) {
  enhance(form, form.dataset.check, (one, told) => (told.refused ? undefined : showFeedback(one, told)));
}
for (const form of document.querySelectorAll("form[data-reflection][action]")) {
  enhance(form, form.dataset.reflection, showSaved);
}
