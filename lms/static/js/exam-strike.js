// Rule an option out, and bring it back: a mark for oneself alone. It never leaves this window.

export function offerStrikes(form, page) {
  const key = `exam:${page.exam}:out:${form.dataset.position}`;
  const out = new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));

  for (const option of form.querySelectorAll("[data-option]")) {
    const { option: id, letter } = option.dataset;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "strike";
    const said = Object.assign(document.createElement("span"), { className: "unseen" });
    const words = Object.assign(document.createElement("span"), { className: "unseen" });
    option.querySelector("label").append(words);
    option.append(button);

    const show = () => {
      const isOut = out.has(id);
      option.classList.toggle("out", isOut);
      words.textContent = isOut ? ` ${page.ruledOut}` : "";
      said.textContent = (isOut ? page.bringBack : page.ruleOut).replace("{letter}", letter);
      const icon = document.getElementById(isOut ? "undo" : "strike").content.cloneNode(true);
      button.replaceChildren(said, icon);
    };
    button.addEventListener("click", () => {
      if (!out.delete(id)) out.add(id);
      sessionStorage.setItem(key, JSON.stringify([...out]));
      show();
    });
    show();
  }
}
