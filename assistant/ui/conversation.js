// Runs once for the conversation element: `element` and `watch` are given by gr.HTML.
document.documentElement.lang = "zh-CN";

const openCards = new Set();
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
let shownTurns = 0;

const scrollTo = (target, block) =>
  target.scrollIntoView({ block, behavior: calm.matches ? "auto" : "smooth" });

// An update of the page takes `open` away from cards: remember it, and give it back.
element.addEventListener("toggle", ({ target }) => {
  if (!target.matches("details.card")) return;
  if (target.open) openCards.add(target.id);
  else openCards.delete(target.id);
}, true);

// A cross-reference asks for the article that it names.
const ask = (question) => {
  const box = document.querySelector("#question textarea, #question input");
  const kind = box.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector("#send").click(), 100);
};

element.addEventListener("click", (event) => {
  const reference = event.target.closest("a.ref");
  if (reference) {
    event.preventDefault();
    ask(reference.dataset.ask);
    return;
  }
  const mark = event.target.closest("a.mark");
  if (!mark) return;
  event.preventDefault();
  const card = document.getElementById(mark.hash.slice(1));
  if (!card) return;
  card.open = true;
  card.querySelector("summary").focus({ preventScroll: true });
  scrollTo(card, card.offsetHeight > window.innerHeight / 2 ? "start" : "center");
});

watch("value", () => {
  for (const id of openCards) {
    const card = document.getElementById(id);
    if (card) card.open = true;
    else openCards.delete(id);
  }
  const turns = element.querySelectorAll(".turn");
  if (turns.length > shownTurns) {
    const last = turns[turns.length - 1];
    if (!document.activeElement.closest("#composer")) last.focus({ preventScroll: true });
    scrollTo(last, "start");
  }
  shownTurns = turns.length;
});
