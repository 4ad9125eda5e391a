// The page's own words in English; questions, answers and sources stay as they are. The Chinese
// words are the names of the English ones, {…} stands for what changes.
const NAME = "ecopolicy.language";
const AS_THEY_ARE = "[data-own], .words, .text, .draft, blockquote, .measures, .articles, .did, script";
const ATTRIBUTES = ["aria-label", "placeholder", "title", "data-busy", "data-failed", "data-nothing"];

const chosen = () => {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
};

export const switchLanguage = () => {
  try {
    localStorage.setItem(NAME, chosen() === "en" ? "" : "en");
    location.reload();
  } catch {
    // Storage is forbidden: the page stays in Chinese.
  }
};

const literal = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

const makeTranslator = (table) => {
  const plain = new Map();
  const formed = [];
  for (const [chinese, english] of Object.entries(table)) {
    const names = [...chinese.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name]) => name);
    if (!names.length) plain.set(chinese, english);
    else {
      const pattern = chinese.split(/\{[^}]*\}/).map(literal).join("(.+?)");
      formed.push([new RegExp(`^${pattern}$`), names, english]);
    }
  }
  const one = (text) => {
    if (plain.has(text)) return plain.get(text);
    for (const [pattern, names, english] of formed) {
      const found = pattern.exec(text);
      if (!found) continue;
      return names.reduce((said, name, at) => said.replace(`{${name}}`, all(found[at + 1])), english);
    }
    return null;
  };
  const all = (text) => {
    if (!/\p{Script=Han}/u.test(text)) return text;
    const said = one(text) ?? text.split(" · ").map((part) => one(part) ?? part).join(" · ");
    return said.replace(/(\d{4})年(\d{1,2})月(\d{1,2})日/g, "$1-$2-$3");
  };
  return all;
};

const translateIn = (root, translate) => {
  const each = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.trim();
      const said = node.parentElement?.closest(AS_THEY_ARE) ? text : translate(text);
      if (said !== text) node.data = node.data.replace(text, said);
      return;
    }
    for (const name of ATTRIBUTES) {
      const text = node.getAttribute?.(name);
      if (text) node.setAttribute(name, translate(text));
    }
    for (const child of node.content?.childNodes ?? node.childNodes) each(child);
  };
  each(root);
};

export const prepareLanguage = async () => {
  if (chosen() !== "en") return;
  const response = await fetch(new URL("english.json", import.meta.url)).catch(() => null);
  if (!response?.ok) return;
  const translate = makeTranslator(await response.json());
  document.documentElement.lang = "en";
  for (const own of document.querySelectorAll("[data-own], .log")) own.lang = "zh-CN";
  const button = document.querySelector('[data-do="language"]');
  button.textContent = "中文";
  button.lang = "zh-CN";
  translateIn(document.body, translate);
  new MutationObserver((changes) => {
    for (const { addedNodes, target, type } of changes) {
      if (type === "characterData") translateIn(target, translate);
      else for (const node of addedNodes) translateIn(node, translate);
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
};
