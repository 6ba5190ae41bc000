'use strict';
// Lists of runs and figures to choose from: a filter for each, and a page of its own for other runs.
(() => {
  const at = id => document.getElementById(id);
  const filter = (input, items) => input?.addEventListener('input', () => {
    for (const item of items()) item.hidden = !item.textContent.toLowerCase().includes(input.value.toLowerCase());
  });
  filter(at('figure-filter'), () => document.querySelectorAll('.figure-choices li'));
  const choices = at('run-choices');
  if (!choices) return;
  filter(at('run-filter'), () => choices.children);
  let timer = 0;
  choices.addEventListener('change', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const ids = [...choices.querySelectorAll('input:checked')].map(box => box.value);
      const now = new URLSearchParams(location.search);
      now.delete('runs');
      location.search = `${new URLSearchParams({ runs: ids.join('.') })}&${now}`;
    }, 1200);
  });
})();
