// The page's own words in English; questions, answers and sources stay as they are. The Chinese
// words are the names of the English ones, {…} stands for what changes.
const NAME = "ecopolicy.language";
const AS_THEY_ARE =
  "[data-own], .reply .words, .text, .whole, .draft, blockquote, .difference, .did, script, " +
  ".measures summary, .measures .context, .articles .line, .articles .item";
const DATE = /(\d{4})年(\d{1,2})月(\d{1,2})日/g;
const toIso = (_, year, month, day) => [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
// Punctuation around words, and what stands in its place.
const WRAPPED = /^([　（，、；：\s]*)(.*?)([　）。，、；：\s]*)$/su;
const MARKS = { "　": " ", "（": " (", "）": ")", "：": ": ", "。": ". ", "，": ", ", "；": "; ", "、": ", " };
const inEnglish = (marks) => marks.replace(/\S|　/gu, (mark) => MARKS[mark] ?? mark);
// "1 [text|texts]" is "1 text".
const counted = (said) =>
  said.replace(/(\d+)((?: \w+)*?) \[([^|\]]+)\|([^\]]+)\]/g, (_, count, between, one, many) =>
    `${count}${between} ${count === "1" ? one : many}`,
  );
const ATTRIBUTES = ["aria-label", "label", "placeholder", "title", "data-busy", "data-failed", "data-nothing"];

const chosen = () => {
  try {
    return localStorage.getItem(NAME) ?? "";
  } catch {
    return "";
  }
};

// What stood in Chinese: of a text { 0: {chinese, said} }, of an element by attribute. The page is
// not loaded again for the other language, so nothing that was written or found is lost.
const before = new WeakMap();
const noteBefore = (node, name, chinese, said) =>
  before.set(node, { ...before.get(node), [name]: { chinese, said } });

const literal = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");

// What stands right before another field is a part that may be missing, with its own comma.
const patternOf = (chinese) => {
  const [first, ...rest] = chinese.split(/\{[^}]*\}/).map(literal);
  const field = (after, at) => (after || at === rest.length - 1 ? "(.+?)" : "((?:.*[，；])?)") + after;
  return first + rest.map(field).join("");
};

const makeTranslator = (table) => {
  const plain = new Map();
  const formed = [];
  for (const [chinese, english] of Object.entries(table)) {
    const names = [...chinese.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name]) => name);
    if (!names.length) plain.set(chinese, english);
    else {
      formed.push([new RegExp(`^${patternOf(chinese)}$`), names, english]);
    }
  }
  // What says more comes first: 本版…起施行 before …起施行.
  formed.sort(([one], [other]) => other.source.length - one.source.length);
  const one = (text) => {
    if (plain.has(text)) return plain.get(text);
    for (const [pattern, names, english] of formed) {
      const found = pattern.exec(text);
      if (!found) continue;
      const fields = names.map((_, at) => all(found[at + 1]));
      return counted(names.reduce((said, name, at) => said.replace(`{${name}}`, () => fields[at]), english));
    }
    return null;
  };
  const all = (text) => {
    if (!/\p{Script=Han}/u.test(text)) return text;
    const known = one(text);
    if (known !== null) return known.replace(DATE, toIso);
    if (text.replace(DATE, "") === "") return text.replace(DATE, toIso);
    const [, head, core, tail] = WRAPPED.exec(text);
    const inner = core === text ? text : all(core);
    if (inner !== core) return inEnglish(head) + inner + inEnglish(tail);
    for (const parts of [text.split(/(?<= · )|(?= · )/), text.split(/(?<=。)/)]) {
      const said = parts.length > 1 ? parts.map((part) => (part === " · " ? part : all(part))) : parts;
      if (said.join("") !== text) return said.join("");
    }
    return text;
  };
  return all;
};

const translateIn = (root, translate) => {
  const each = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.data.trim();
      const said = node.parentElement?.closest(AS_THEY_ARE) ? text : translate(text);
      if (said !== text) {
        noteBefore(node, "", text, said);
        node.data = node.data.replace(text, said);
      }
      return;
    }
    for (const name of ATTRIBUTES) {
      const text = node.getAttribute?.(name);
      const said = text && translate(text);
      if (!text || said === text) continue;
      noteBefore(node, name, text, said);
      node.setAttribute(name, said);
    }
    // What stands in a <template> is translated where it is put on the page.
    for (const child of node.childNodes) each(child);
  };
  each(root);
};

const putBack = (node) => {
  for (const [name, { chinese, said }] of Object.entries(before.get(node) ?? {})) {
    if (!name) node.data = node.data.replace(said, chinese);
    else if (node.getAttribute(name) === said) node.setAttribute(name, chinese);
  }
  before.delete(node);
  for (const child of node.childNodes) putBack(child);
};

const watched = { childList: true, subtree: true, characterData: true };
let watch = null;

const nameSwitch = (words, lang) => {
  const button = document.querySelector('[data-do="language"]');
  button.textContent = words;
  button.lang = lang;
};

const toEnglish = async () => {
  const response = await fetch(new URL("english.json", import.meta.url)).catch(() => null);
  if (!response?.ok) return false;
  const translate = makeTranslator(await response.json());
  document.documentElement.lang = "en";
  for (const own of document.querySelectorAll("[data-own], .log")) own.lang = "zh-CN";
  nameSwitch("中文", "zh-CN");
  translateIn(document.body, translate);
  watch = new MutationObserver((changes) => {
    for (const { addedNodes, target, type } of changes) {
      if (type === "characterData") translateIn(target, translate);
      else for (const node of addedNodes) translateIn(node, translate);
    }
  });
  watch.observe(document.body, watched);
  return true;
};

const toChinese = () => {
  watch.disconnect();
  watch = null;
  document.documentElement.lang = "zh-CN";
  putBack(document.body);
  nameSwitch("English", "en");
};

const keep = (name) => {
  try {
    localStorage.setItem(NAME, name);
  } catch {
    // Storage is forbidden: the language holds until the page is left.
  }
};

export const switchLanguage = async () => {
  if (watch) {
    toChinese();
    keep("");
  } else if (await toEnglish()) keep("en");
};

export const prepareLanguage = async () => {
  if (chosen() === "en") await toEnglish();
};
