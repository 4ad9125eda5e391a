// Runs once for a field of our own: `element`, `props` and `trigger` are given by gr.HTML.
element.addEventListener("input", ({ target }) => {
  props.value = target.value;
  trigger("change");
});
