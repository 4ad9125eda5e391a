// What this tab was about: kept in the browser, so that a reload or a server that comes back finds
// the conversation, the draft and a question that was not answered yet.
const NAME = "ecopolicy.tab.";

export const remember = (name, value) => {
  try {
    if (value) sessionStorage.setItem(NAME + name, value);
    else sessionStorage.removeItem(NAME + name);
  } catch {
    // Storage is forbidden or full: the page goes on without.
  }
};

export const recall = (name) => {
  try {
    return sessionStorage.getItem(NAME + name) ?? "";
  } catch {
    return "";
  }
};
