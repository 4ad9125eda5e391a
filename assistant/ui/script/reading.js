// Large type, reading aloud and speaking: by what the browser has itself, with no service behind.
import { findAll, tell } from "./page.js";

const SIZES = ["", "large", "larger"];
const root = document.documentElement;

const showSize = () => {
  const isLarge = SIZES.slice(1).some((size) => root.classList.contains(size));
  document.getElementById("size").setAttribute("aria-pressed", String(isLarge));
};

export const changeSize = () => {
  const now = SIZES.findIndex((size) => size && root.classList.contains(size));
  const next = SIZES[(Math.max(now, 0) + 1) % SIZES.length];
  root.classList.remove(...SIZES.filter(Boolean));
  if (next) root.classList.add(next);
  showSize();
  try {
    localStorage.setItem("ecopolicy.size", next);
  } catch {
    // Storage is forbidden: the size holds until the page is left.
  }
};

const endReading = () => {
  speechSynthesis.cancel();
  for (const button of findAll('[data-do="aloud"]')) button.setAttribute("aria-pressed", "false");
};

// The words without the marks of their sources.
const spoken = (words) => {
  const copy = words.cloneNode(true);
  for (const mark of findAll("a.mark", copy)) mark.remove();
  return copy.textContent;
};

export const readAloud = (button, words) => {
  const isReading = button.getAttribute("aria-pressed") === "true";
  endReading();
  if (isReading) return;
  const speech = new SpeechSynthesisUtterance(spoken(words));
  speech.lang = "zh-CN";
  speech.rate = 0.9;
  speech.addEventListener("end", endReading);
  speech.addEventListener("error", ({ error }) => {
    endReading();
    if (error !== "canceled" && error !== "interrupted") tell("这个浏览器没有能朗读中文的声音。");
  });
  button.setAttribute("aria-pressed", "true");
  speechSynthesis.speak(speech);
};

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
let listening = null;

// Only where speech is recognised on the device: elsewhere it would be sent to a service.
const canListen = async () => {
  const wanted = { langs: ["zh-CN"], processLocally: true };
  return (await Recognition?.available?.(wanted).catch(() => "")) === "available";
};

export const takeDictation = (button, box) => {
  if (listening) {
    listening.stop();
    return;
  }
  listening = Object.assign(new Recognition(), { lang: "zh-CN", processLocally: true });
  listening.addEventListener("result", ({ results }) => {
    box.value += [...results].map(([best]) => best.transcript).join("");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  listening.addEventListener("error", () => tell("没有听清，请再说一遍，或改用打字。"));
  listening.addEventListener("end", () => {
    listening = null;
    button.setAttribute("aria-pressed", "false");
  });
  button.setAttribute("aria-pressed", "true");
  listening.start();
};

export const prepareReading = async () => {
  showSize();
  if (!("speechSynthesis" in window)) root.classList.add("no-voice");
  if (await canListen()) document.getElementById("speak").hidden = false;
};
