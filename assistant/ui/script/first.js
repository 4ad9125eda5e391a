// Before anything is drawn: large type, and whether a conversation is about to be put back.
(() => {
  try {
    const root = document.documentElement;
    const size = localStorage.getItem("ecopolicy.size");
    if (size) root.classList.add(size);
    const kept = sessionStorage.getItem("ecopolicy.tab") ?? localStorage.getItem("ecopolicy.left");
    if (JSON.parse(kept)?.talk) root.classList.add("has-talk");
  } catch {
    // Storage is forbidden, or not ours: the page begins as new.
  }
})();
