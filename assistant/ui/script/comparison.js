// Two days compared: what is chosen, and the cards of what changed.
import { findAll, note } from "./page.js";

const NUMBER = /^第?(\d+)条?$/;

export const showComparison = async (place, { title, from, to }) => {
  const form = place.parentElement.querySelector(".compare");
  const wanted = [...form.elements.title.options].find(
    (option) => option.value === title && option.dataset.from === from,
  );
  if (wanted) wanted.selected = true;
  form.elements.from.value = from;
  form.elements.to.value = to;
  const asked = JSON.stringify({ title, from, to });
  if (place.dataset.of === asked) return;
  place.dataset.of = asked;
  note(place, place.dataset.busy);
  let isThere = false;
  let told = place.dataset.failed;
  try {
    const reply = await fetch(`compare?${new URLSearchParams({ title, from, to })}`);
    isThere = reply.ok;
    told = await reply.text();
  } catch {
    // The line that it failed stands already.
  }
  if (place.dataset.of !== asked) return; // another one is asked for meanwhile
  if (isThere) place.innerHTML = told;
  else {
    delete place.dataset.of;
    note(place, told);
  }
};

const followChoice = ({ form, selectedOptions: [chosen] }) => {
  form.elements.from.value = chosen.dataset.from;
  form.elements.to.value = chosen.dataset.to;
};

// The cards with all the words, or of the articles with the number.
const filter = (field) => {
  const words = field.value.trim().toLowerCase();
  const number = NUMBER.exec(words)?.[1];
  const cards = findAll(".differences > li", field.closest(".compared"));
  let count = 0;
  for (const card of cards) {
    const text = card.textContent.toLowerCase();
    const fits = number
      ? card.dataset.numbers.split(" ").includes(number)
      : words.split(/\s+/).every((word) => text.includes(word));
    card.hidden = !fits;
    count += fits ? 1 : 0;
  }
  const told = words ? `符合条件 ${count} 条，共 ${cards.length} 条` : "";
  field.closest(".bar").querySelector("[role=status]").textContent = told;
};

// `go` shows a comparison as a step of the library's.
export const listenToComparison = (element, go) => {
  element.addEventListener("change", ({ target }) => {
    if (target.matches(".compare select")) followChoice(target);
  });
  element.addEventListener("input", ({ target }) => {
    if (target.matches(".compared [name=cards]")) filter(target);
  });
  element.addEventListener("submit", (event) => {
    if (!event.target.matches(".compare")) return;
    event.preventDefault();
    go(Object.fromEntries(new FormData(event.target)));
  });
  element.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-compare");
    if (!link) return;
    event.preventDefault();
    go({ ...link.dataset });
  });
};
