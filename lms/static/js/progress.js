// Asks every two seconds how far a piece of long work is; the page says the same without it.
// The element names the address in data-progress; when the work has ended, the page loads anew.
const wait = 2000;
const longest = 30000;

async function ask(box, pause) {
  let next = pause;
  try {
    const answer = await fetch(box.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { state, words, percent } = await answer.json();
    if (state === "done" || state === "failed") {
      location.reload();
      return;
    }
    const line = box.querySelector("[data-words]");
    if (line.textContent !== words) line.textContent = words;
    box.querySelector("[data-bar]").setAttribute("width", `${percent}%`);
    next = wait;
  } catch {
    next = Math.min(pause * 2, longest); // offline, or the server is away: ask less often
  }
  setTimeout(() => ask(box, next), next);
}

for (const box of document.querySelectorAll("[data-progress]")) ask(box, wait);
