// The time left, rounded as the server rounds it, never in seconds. It can be hidden, and stays
// hidden on the next page. What counts is the server's clock: this one counts on from its last word,
// by the time that has gone by, and does not look at the time of day that this device believes in.

import { read, write } from "./exam-queue.js";

const HIDDEN = "exam:clock-hidden";
const ANNOUNCED = [10, 5, 1];

export function runClock(clock, announce) {
  let ends = performance.now() + Number(clock.dataset.seconds) * 1000;
  let told = Number(clock.dataset.seconds) / 60;
  const left = clock.querySelector(".left");

  clock.open = !read(HIDDEN, false);
  clock.addEventListener("toggle", () => write(HIDDEN, !clock.open));

  function show() {
    const seconds = (ends - performance.now()) / 1000;
    const words = wordsOf(seconds, clock.dataset);
    if (left.textContent !== words) left.textContent = words;
    const passed = ANNOUNCED.filter((minutes) => told > minutes && seconds / 60 <= minutes);
    if (passed.length) announce.textContent = words;
    told = seconds / 60;
    if (seconds < -Number(clock.dataset.grace) - 2) location.reload();
  }

  setInterval(show, 5_000);
  document.addEventListener("visibilitychange", show);
  return (seconds) => { ends = performance.now() + seconds * 1000; show(); };
}

export function wordsOf(seconds, words) {
  if (seconds <= 0) return words.over;
  let minutes = Math.floor(seconds / 60);
  if (minutes > 10) minutes -= minutes % 5;
  if (!minutes) return words.last;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const form = hours && rest ? words.hoursMinutes : hours ? words.hours : words.minutes;
  return form.replace("{hours}", hours).replace("{minutes}", rest);
}
