// Put on another site's page by one script tag:
//   <script src="https://……/embed.js" data-title="问问生态环境局" data-accent="#1c6a51" defer></script>
// A button in the corner opens the chat in a frame; nothing else of the host's page is touched.
(() => {
  const tag = document.currentScript;
  const base = new URL(".", tag.src);
  const { title = "生态环境政策问答", accent = "" } = tag.dataset;
  const isColour = /^#[0-9a-f]{6}$/i.test(accent);
  const address = new URL(base);
  address.search = new URLSearchParams({ embed: "1", ...(isColour ? { accent } : {}) });

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = title;
  button.setAttribute("aria-expanded", "false");
  button.style.cssText =
    "position:fixed;right:16px;bottom:16px;z-index:2147483000;min-height:44px;padding:10px 18px;" +
    "border:0;border-radius:22px;color:#fff;font:16px sans-serif;cursor:pointer;" +
    `background:${isColour ? accent : "#1c6a51"};box-shadow:0 4px 16px rgb(0 0 0 / 25%)`;

  const frame = document.createElement("iframe");
  frame.title = title;
  frame.hidden = true;
  frame.setAttribute("allow", "clipboard-write");
  frame.style.cssText =
    "position:fixed;right:16px;bottom:72px;z-index:2147483000;border:1px solid #ccc;" +
    "border-radius:12px;width:min(420px,calc(100vw - 32px));height:min(640px,calc(100vh - 96px));" +
    "background:#fff;box-shadow:0 8px 40px rgb(0 0 0 / 25%)";

  const show = (open) => {
    if (open && !frame.src) frame.src = address.href;
    frame.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) frame.focus();
    else button.focus();
  };
  button.addEventListener("click", () => show(frame.hidden));
  window.addEventListener("message", (event) => {
    if (event.origin === base.origin && event.data === "ecopolicy-close") show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !frame.hidden) show(false);
  });
  document.body.append(button, frame);
})();
