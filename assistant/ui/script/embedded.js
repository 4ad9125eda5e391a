// The page inside a frame of another site: its own header goes, the colour is the host's.
const ACCENTS = ["--accent", "--accent-strong", "--link", "--link-strong"];

export const fitIntoHost = () => {
  const given = new URLSearchParams(location.search);
  if (!given.has("embed") || window.parent === window) return;
  const root = document.documentElement;
  root.classList.add("embedded");
  const accent = given.get("accent") ?? "";
  if (/^#[0-9a-f]{6}$/i.test(accent))
    for (const name of ACCENTS) root.style.setProperty(name, accent);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("#panel:not([hidden]), dialog[open]"))
      window.parent.postMessage("ecopolicy-close", "*");
  });
};
