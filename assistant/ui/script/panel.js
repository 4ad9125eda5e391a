// The source panel: beside the conversation on a desk, a sheet over it on a phone.
// On a phone Back closes the sheet.
import { box, find, findAll, isPhone, onWidthChange } from "./page.js";

let opener = null;
let shown = [];
let loading = null;

const panel = () => document.getElementById("panel");
const content = () => find(".content", panel());
const isOpen = () => !panel().hidden;

// On a phone the sheet is a dialog: what lies under it cannot be reached.
const setModality = () => {
  const covers = isOpen() && isPhone();
  find(".shade").hidden = !covers;
  find("#page").inert = covers;
  document.body.classList.toggle("with-panel", isOpen());
  document.body.classList.toggle("with-sheet", covers);
  if (covers) {
    panel().setAttribute("role", "dialog");
    panel().setAttribute("aria-modal", "true");
  } else {
    panel().removeAttribute("role");
    panel().removeAttribute("aria-modal");
  }
};

const markCurrent = (link) => {
  for (const before of findAll("a[data-source].current")) before.classList.remove("current");
  link?.classList.add("current");
};

const load = async (address) => {
  loading?.abort();
  loading = new AbortController();
  let html;
  try {
    const response = await fetch(address, { signal: loading.signal });
    html = await response.text();
  } catch (error) {
    if (error.name === "AbortError") return;
    html =
      '<article><h2 tabindex="-1">原文没有取到，请检查网络后再试一次。</h2>' +
      '<p><button type="button" class="chip" data-do="again">再试一次</button></p></article>';
  }
  if (!isOpen() && isPhone()) history.pushState({ sheet: true }, "");
  panel().hidden = false;
  setModality();
  content().innerHTML = html;
  content().scrollTop = 0;
  find('[data-do="back"]', panel()).hidden = shown.length < 2;
  const quoted = find("mark", content());
  if (quoted && quoted.offsetTop > content().clientHeight * 0.6) {
    content().scrollTop = quoted.offsetTop - content().clientHeight / 3;
  }
  find("h2", content())?.focus({ preventScroll: true });
};

const open = (link) => {
  const address = link.getAttribute("href");
  if (panel().contains(link)) {
    shown.push(address);
  } else {
    opener = link;
    shown = [address];
    markCurrent(link);
  }
  return load(address);
};

const goBack = () => {
  shown.pop();
  return load(shown[shown.length - 1]);
};

export const close = () => {
  if (!isOpen()) return;
  if (history.state?.sheet) history.back(); // hides it
  else hide();
};

const hide = () => {
  if (!isOpen()) return;
  loading?.abort();
  panel().hidden = true;
  setModality();
  markCurrent(null);
  (opener?.isConnected ? opener : box()).focus({ preventScroll: true });
};

export const listenToPanel = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-source]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  panel().addEventListener("click", ({ target }) => {
    if (target.dataset.do === "back") goBack();
    if (target.dataset.do === "close") close();
    if (target.dataset.do === "again") load(shown[shown.length - 1]);
  });
  window.addEventListener("popstate", hide);
  find(".shade").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !find("dialog[open]")) close();
  });
  onWidthChange(setModality);
};
