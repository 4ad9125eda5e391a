// The library: fetches what is opened.
import { day } from "./choices.js";
import { listenToComparison, showComparison } from "./comparison.js";
import { find, note as say, scrollTo } from "./page.js";
import { named, whenLoaded } from "./tabs.js";

const element = find("#library");
const view = () => element.querySelector(".view");
const shelves = () => element.querySelector(".shelves");
const results = () => element.querySelector(".results");
let asked = 0; // a reply to an earlier request is not shown
let shown = {}; // the view
let before = {}; // the view to which a document's own way back leads

const isSeen = (target) => {
  const { top, bottom } = target.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
};

const reveal = (target, block = "start") => {
  target.focus({ preventScroll: true });
  scrollTo(target, block);
  // On the way back the browser may put back a place of its own meanwhile.
  const again = () => target !== document.activeElement || isSeen(target) || target.scrollIntoView({ block });
  window.setTimeout(again, 800);
};

const fetchInto = async (place, name, what) => {
  say(place, view().dataset.loading);
  try {
    const response = await fetch(`library/${name}?${new URLSearchParams({ ...what, day: day() })}`);
    if (!response.ok) throw new Error(response.status);
    place.innerHTML = await response.text();
    return true;
  } catch {
    say(place, view().dataset.failed);
    return false;
  }
};

const openSection = async (section) => {
  section.open = true;
  if (section.dataset.state) return section.fetched;
  section.dataset.state = "fetched";
  const { of, section: number } = section.dataset;
  const place = section.querySelector(".articles");
  section.fetched = fetchInto(place, "section", { document: of, section: number });
  if (!(await section.fetched)) delete section.dataset.state;
  return section.fetched;
};

const openDocument = async ({ id, index }, isCurrent) => {
  if (view().dataset.shown !== id) {
    view().dataset.shown = "";
    const isThere = await fetchInto(view(), "document", { document: id });
    if (!isThere || !isCurrent()) return;
    view().dataset.shown = id;
  }
  const sections = [...view().querySelectorAll("details.section")];
  const holds = ({ dataset }) => Number(dataset.first) <= index && index < Number(dataset.end);
  const wanted = index === undefined ? sections.find((s) => "open" in s.dataset) : sections.find(holds);
  if (wanted) {
    wanted.closest("details.part")?.setAttribute("open", "");
    await openSection(wanted);
  }
  if (!isCurrent()) return;
  const article = index === undefined ? null : view().querySelector(`#a${index}`);
  reveal(article ?? view().querySelector("h2") ?? view());
};

const openResults = async ({ words, document }, left, isCurrent) => {
  const asked = JSON.stringify([words, document]);
  const { elements } = element.querySelector(".find");
  elements.words.value = words;
  elements.document.value = document;
  if (results().dataset.of !== asked) {
    delete results().dataset.of;
    const isThere = await fetchInto(results(), "results", { words, document });
    if (isThere) results().dataset.of = asked;
    if (!isCurrent()) return;
  }
  // From an article back to where it was found.
  const hit = [...results().querySelectorAll("a.to")].find(
    ({ dataset }) => dataset.to === left.id && Number(dataset.index) === left.index,
  );
  if (hit) reveal(hit, "center");
  else reveal(results());
};

const openComparison = async (wanted, isCurrent) => {
  const place = element.querySelector(".compared");
  await showComparison(place, wanted);
  if (isCurrent()) reveal(place);
};

const openShelves = ({ id }) => {
  const button = [...shelves().querySelectorAll("button")].find((b) => b.dataset.document === id);
  if (button) reveal(button, "center");
  else reveal(element.querySelector("h2"));
};

// A view is {} for the catalogue, { words, document } for what is found, { title, from, to } for a
// comparison, { id, index } for a document, at an article where there is an index.
const show = (wanted) => {
  const left = shown;
  const mine = ++asked;
  const isCurrent = () => mine === asked;
  shown = wanted;
  const isDocument = "id" in wanted;
  view().hidden = !isDocument;
  shelves().hidden = isDocument;
  results().hidden = !("words" in wanted);
  const folded = element.querySelector(".comparing");
  if (folded) {
    folded.hidden = isDocument;
    folded.open = "title" in wanted;
  }
  if (isDocument) return openDocument(wanted, isCurrent);
  if ("words" in wanted) return openResults(wanted, left, isCurrent);
  if ("title" in wanted) return openComparison(wanted, isCurrent);
  return openShelves(left);
};

const isShown = (wanted) => JSON.stringify(wanted) === JSON.stringify(shown);

// Each view is a step of the browser's history, so that Back leads to the one before.
const go = (wanted) => {
  if (!isShown(wanted)) {
    history.replaceState({ ...history.state, library: shown }, "");
    if (!("id" in wanted)) before = wanted;
    history.pushState({ library: wanted }, "");
  }
  return show(wanted);
};

const goBack = () => go("id" in shown ? before : {});

const followHistory = ({ state }) => {
  if (named() !== "library" || state?.sheet || !view()) return;
  const wanted = state?.library ?? {};
  if (!("id" in wanted)) before = wanted;
  if (!isShown(wanted)) show(wanted);
};

export const listenToLibrary = () => {
  element.addEventListener("click", (event) => {
    const target = event.target.closest("button[data-document], a.to, .back");
    if (!target) return;
    event.preventDefault();
    if (target.matches(".back")) goBack();
    else if (target.matches("a.to")) go({ id: target.dataset.to, index: Number(target.dataset.index) });
    else go({ id: target.dataset.document });
  });
  element.addEventListener("toggle", ({ target }) => {
    if (target.matches("details.section") && target.open) openSection(target);
  }, true);
  element.addEventListener("submit", (event) => {
    if (!event.target.matches(".find")) return;
    event.preventDefault();
    const chosen = new FormData(event.target);
    const words = chosen.get("words").trim();
    go(words ? { words, document: chosen.get("document") } : {});
  });
  listenToComparison(element, go);
  window.addEventListener("popstate", followHistory);
  whenLoaded("library", () => {
    shown = {}; // the page is a new one
    followHistory(history);
  });
};
