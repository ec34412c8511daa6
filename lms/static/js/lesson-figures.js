// In the editor: keeps the sums of a unit's tags in sight while minutes are typed.
const panel = document.querySelector("[data-figures]");

function add(fieldset) {
  return [...fieldset.querySelectorAll("input")].reduce((sum, input) => sum + (Number(input.value) || 0), 0);
}

function show() {
  const minutes = Number(panel.querySelector('input[name$="-minutes"]').value) || 0;
  for (const fieldset of panel.querySelectorAll("fieldset")) {
    const sum = add(fieldset);
    const output = fieldset.querySelector("[data-sum]");
    output.value = sum;
    output.classList.toggle("help-critical", Boolean(fieldset.dataset.exclusive) && sum > minutes);
  }
}

if (panel) {
  panel.addEventListener("input", show);
  show();
}
