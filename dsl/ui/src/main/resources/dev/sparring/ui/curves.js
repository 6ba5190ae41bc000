'use strict';
// Curves of figures over steps: they come by events, in buckets of neighboring values, and grow while runs do.
(() => {
  const at = id => document.getElementById(id);
  const root = at('curves');
  const labels = root.dataset.labels.split('\n');
  const runs = root.dataset.runs.split('.').filter(Boolean).map((id, i) => ({ id, label: labels[i], hidden: false, problem: '' }));
  if (!runs.length) return;
  const boxes = [...root.querySelectorAll('.figure-choices input')];
  const info = new Map(boxes.map(box => [box.value, box.dataset]));
  const [smoothing, smoothingValue, log, bands, legend, charts, leftOut, live] =
    ['smoothing', 'smoothing-value', 'log', 'bands', 'legend', 'charts', 'left-out', 'live'].map(at);

  // What is set stands in the address, so that a page can be kept.
  const query = new URLSearchParams(location.search);
  let figures = query.getAll('figure').filter(name => info.has(name));
  if (!figures.length) {
    const losses = ['loss_d', 'loss_g'].filter(name => info.has(name));
    const measured = boxes.map(box => box.value).filter(name => /^(frechet_distance|modes_hit|energy_distance|diversity)/.test(name)).slice(0, 2);
    figures = losses.concat(measured);
    if (!figures.length) figures = boxes.slice(0, 2).map(box => box.value);
  }
  for (const box of boxes) box.checked = figures.includes(box.value);
  smoothing.value = query.get('smoothing') ?? '0';
  log.checked = query.has('log');
  bands.checked = query.has('bands') ? query.get('bands') === '1' : runs.length <= 4;
  const remember = () => {
    const now = new URLSearchParams(location.search);
    for (const name of ['figure', 'smoothing', 'log', 'bands']) now.delete(name);
    for (const name of figures) now.append('figure', name);
    if (smoothing.value !== '0') now.set('smoothing', smoothing.value);
    if (log.checked) now.set('log', '1');
    now.set('bands', bands.checked ? '1' : '0');
    history.replaceState(null, '', `?${now}`);
  };

  const short = value => {
    if (value === undefined || value === null || Number.isNaN(value)) return '-';
    const size = Math.abs(value);
    return value === 0 || (size >= 1e-4 && size < 1e6)
      ? String(Number(value.toPrecision(5)))
      : value.toExponential(3).replace('e+', 'e');
  };

  const curves = new Map();
  const windows = new Map();
  let zoom = null;
  const key = (run, figure) => `${run}\n${figure}`;
  const LISTS = ['first', 'last', 'mean', 'low', 'high'];
  const take = (into, news) => {
    const place = key(news.run, news.figure);
    let curve = into.get(place);
    if (!curve || curve.isLook || news.from === 0 || curve.span !== news.span) {
      curve = { first: [], last: [], mean: [], low: [], high: [] };
      into.set(place, curve);
    }
    for (const list of LISTS) {
      curve[list].length = Math.min(curve[list].length, news.from);
      // No long argument lists: engines limit them.
      for (const number of news[list] ?? news.mean) curve[list].push(number);
    }
    curve.span = news.span;
    curve.notFinite = news.notFinite;
  };
  const curveOf = (run, figure) => (zoom && windows.get(key(run, figure))) || curves.get(key(run, figure));

  // Of more lines, steps are moved so that lines share them.
  const FEW = 8;
  const plots = new Map();
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const tables = figure => {
    const shown = [];
    for (const [i, run] of runs.entries()) {
      const curve = run.hidden ? null : curveOf(run.id, figure);
      if (!curve || !curve.mean.length) continue;
      shown.push({ i, run, curve });
    }
    return shown;
  };
  const build = figure => {
    const shown = tables(figure);
    const hasBands = bands.checked && shown.some(({ curve }) => curve.span > 1);
    const isSmooth = Number(smoothing.value) > 0;
    const series = [{}];
    const areas = [];
    const fit = values => (log.checked ? Lines.positive(values) : values);
    const ends = shown.flatMap(({ curve }) => [curve.first[0], curve.last[curve.last.length - 1]]);
    const [least, most] = zoom ? [zoom.min, zoom.max] : [Math.min(...ends), Math.max(...ends)];
    const data = shown.map(({ i, curve }) => {
      const x = curve.first.map((first, k) => (first + curve.last[k]) / 2);
      const stroke = Lines.color(i);
      const lists = [{ values: x }, { values: fit(Lines.smoothed(curve.mean, Number(smoothing.value))), join: Lines.mean }];
      series.push({ stroke, width: 1.6, dash: Lines.dashes(i), spanGaps: true, points: { show: curve.mean.length < 40, size: 4 } });
      if (isSmooth && shown.length <= 12) {
        lists.push({ values: fit(curve.mean), join: Lines.mean });
        series.push({ stroke: `${stroke}40`, width: 1, spanGaps: true, points: { show: false } });
      }
      if (hasBands) {
        lists.push({ values: fit(curve.high), join: Lines.greatest }, { values: fit(curve.low), join: Lines.least });
        for (let n = 0; n < 2; n++) series.push({ stroke: 'transparent', spanGaps: true, points: { show: false } });
        areas.push({ series: [series.length - 2, series.length - 1], fill: `${stroke}2e` });
      }
      return shown.length > FEW ? Lines.shared(lists, least, most) : lists.map(({ values }) => values);
    });
    return { shown, series, areas, data: data.length ? uPlot.join(data) : [[], []] };
  };
  const structure = built => `${log.checked}|${bands.checked}|${built.series.map(one => one.stroke + (one.points?.show ?? '')).join()}|${built.areas.length}`;

  const readout = (plot, figure, u) => {
    const list = plot.readout;
    const left = u.cursor.left ?? -1;
    if (left < 0) { list.replaceChildren(); return; }
    const step = u.posToVal(left, 'x');
    const y = u.cursor.top >= 0 ? u.posToVal(u.cursor.top, 'y') : null;
    const entries = [];
    for (const { i, run, curve } of tables(figure)) {
      let [a, b] = [0, curve.first.length - 1];
      while (a < b) {
        const middle = (a + b) >> 1;
        if (curve.last[middle] < step) a = middle + 1;
        else b = middle;
      }
      if (a > 0 && step - curve.last[a - 1] < curve.first[a] - step) a--;
      entries.push({ i, run, curve, a });
    }
    const many = entries.length;
    if (many > 8 && y !== null) entries.sort((p, q) => Math.abs(p.curve.mean[p.a] - y) - Math.abs(q.curve.mean[q.a] - y));
    const items = entries.slice(0, 8).map(({ i, run, curve, a }) => {
      const item = document.createElement('li');
      const range = curve.high[a] > curve.low[a] ? ` (${short(curve.low[a])} to ${short(curve.high[a])})` : '';
      item.append(Lines.swatch(i), `${many === 1 ? '' : `${run.label}: `}${short(curve.mean[a])}${range}`);
      return item;
    });
    const first = document.createElement('li');
    first.className = 'step';
    if (entries.length) {
      const { curve, a } = entries[0];
      const [from, to] = [curve.first[a], curve.last[a]];
      first.textContent = from === to ? `step ${from.toLocaleString('en')}` : `steps ${from.toLocaleString('en')} to ${to.toLocaleString('en')}`;
    }
    const more = document.createElement('li');
    more.textContent = many > 8 ? `and ${many - 8} more` : '';
    list.replaceChildren(first, ...items, more);
  };

  const make = (plot, figure, built) => {
    plot.chart?.destroy();
    const [ink, quiet, rule] = ['--ink', '--quiet', '--rule'].map(style);
    const axis = { stroke: quiet, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule }, font: '12px system-ui, sans-serif' };
    plot.chart = new uPlot({
      width: plot.place.clientWidth,
      height: 260,
      series: built.series,
      bands: built.areas,
      scales: {
        x: { time: false, range: (u, min, max) => (zoom ? [zoom.min, zoom.max] : [min, max === min ? min + 1 : max]) },
        y: { distr: log.checked ? 3 : 1 },
      },
      axes: [
        { ...axis, size: 32, values: (u, ticks) => ticks.map(tick => tick.toLocaleString('en')) },
        { ...axis, size: 64, values: (u, ticks) => ticks.map(tick => (tick === null ? '' : short(tick))) },
      ],
      cursor: {
        sync: { key: 'steps' },
        drag: { x: true, y: false, setScale: false },
        points: { show: false },
        bind: { dblclick: () => () => { zoomTo(null); return null; } },
      },
      legend: { show: false },
      hooks: {
        setCursor: [u => readout(plot, figure, u)],
        setSelect: [u => {
          if (u.select.width < 4) return;
          const [min, max] = [u.posToVal(u.select.left, 'x'), u.posToVal(u.select.left + u.select.width, 'x')];
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          zoomTo({ min, max });
        }],
      },
    }, built.data, plot.place);
  };
  const drawFigure = figure => {
    const plot = plots.get(figure);
    if (!plot) return;
    const built = build(figure);
    const structured = structure(built);
    if (!plot.chart || plot.structure !== structured) make(plot, figure, built);
    else plot.chart.setData(built.data);
    plot.structure = structured;
    const points = built.shown.reduce((all, { curve }) => all + curve.mean.length, 0);
    plot.chart.root.dataset.points = points;
    const last = built.shown.reduce((most, { curve }) => Math.max(most, curve.last[curve.last.length - 1]), 0);
    plot.note.textContent = built.shown.length
      ? `step ${last.toLocaleString('en')}${Math.max(...built.shown.map(({ curve }) => curve.span)) > 1 ? ', means of neighbors' : ''}`
      : 'no numbers yet';
  };
  const dirty = new Set();
  let waiting = false;
  let pause = 120;
  const redraw = some => {
    for (const figure of some) dirty.add(figure);
    if (waiting) return;
    waiting = true;
    setTimeout(() => requestAnimationFrame(() => {
      waiting = false;
      const begin = performance.now();
      for (const figure of dirty) drawFigure(figure);
      dirty.clear();
      notes();
      // Drawing hundreds of lines takes its time: a page spends at most a third of it so.
      pause = Math.max(120, 2 * (performance.now() - begin));
    }), pause);
  };
  const notes = () => {
    const lines = [];
    let dropped = 0;
    let low = 0;
    for (const run of runs) {
      if (run.problem) lines.push(run.problem);
      for (const figure of figures) {
        const curve = curves.get(key(run.id, figure));
        dropped += curve?.notFinite ?? 0;
        if (log.checked && curve) low += curve.low.filter(value => value <= 0).length;
      }
    }
    if (dropped) lines.push(`${dropped} values are not drawn because they are infinite or not a number.`);
    const looks = [...curves.values()].filter(curve => curve.isLook).length;
    if (looks) lines.push('A first look, at some rows of each run; all rows are being read.');
    if (low) lines.push('Values of 0 or less are not drawn on a logarithmic axis.');
    leftOut.textContent = lines.join(' ');
  };

  let fetching = 0;
  const zoomTo = async to => {
    zoom = to;
    windows.clear();
    redraw(figures);
    if (!zoom) return;
    const mine = ++fetching;
    for (const run of runs.filter(one => !one.hidden).slice(0, 40)) {
      const asked = new URLSearchParams({ id: run.id, from: zoom.min, to: zoom.max });
      for (const figure of figures) asked.append('figure', figure);
      const answer = await fetch(`window?${asked}`);
      if (mine !== fetching || zoom !== to) return;
      if (!answer.ok) continue;
      for (const news of await answer.json()) take(windows, news);
      redraw(figures);
    }
  };

  // What a mouse does: arrows hover, + zooms in about the place, - and Escape zoom out.
  const typed = (event, plot) => {
    const chart = plot?.chart;
    if (!chart || event.ctrlKey || event.altKey || event.metaKey) return;
    const width = chart.over.clientWidth;
    const now = chart.cursor.left >= 0 ? chart.cursor.left : width / 2;
    const far = width / (event.shiftKey ? 10 : 100);
    const to = { ArrowLeft: now - far, ArrowRight: now + far, Home: 0, End: width }[event.key];
    if (to !== undefined) {
      chart.setCursor({ left: Math.min(width, Math.max(0, to)), top: chart.over.clientHeight / 2 });
    } else if (event.key === '+') {
      const { min, max } = chart.scales.x;
      const middle = chart.posToVal(now, 'x');
      zoomTo({ min: Math.max(min, middle - (max - min) / 4), max: Math.min(max, middle + (max - min) / 4) });
    } else if (event.key === '-' || event.key === 'Escape') {
      zoomTo(null);
    } else {
      return;
    }
    event.preventDefault();
  };

  const layOut = () => {
    for (const [figure, plot] of plots) {
      if (figures.includes(figure)) continue;
      plot.chart?.destroy();
      plot.element.remove();
      plots.delete(figure);
    }
    for (const figure of figures) {
      if (plots.has(figure)) continue;
      const element = document.createElement('section');
      element.className = 'plot-live';
      element.dataset.figure = figure;
      const title = document.createElement('h3');
      const note = document.createElement('small');
      title.append(info.get(figure)?.title ?? figure, note);
      const about = document.createElement('p');
      about.className = 'about';
      about.textContent = info.get(figure)?.about ?? '';
      const place = document.createElement('div');
      place.tabIndex = 0;
      place.setAttribute('role', 'application');
      place.setAttribute('aria-label', `${title.firstChild.textContent}: arrows move along the steps, + and - zoom`);
      place.addEventListener('keydown', event => typed(event, plots.get(figure)));
      const list = document.createElement('ul');
      list.className = 'readout';
      element.append(title, about, place, list);
      charts.append(element);
      plots.set(figure, { element, place, note, readout: list, chart: null, structure: '' });
    }
  };
  const explain = () => {
    legend.replaceChildren(...runs.map((run, i) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', String(!run.hidden));
      button.title = 'Click to hide or show';
      button.append(Lines.swatch(i), run.label);
      if (run.problem) button.className = 'problem';
      button.addEventListener('click', () => {
        run.hidden = !run.hidden;
        explain();
        redraw(figures);
      });
      item.append(button);
      return item;
    }));
    legend.hidden = runs.length < 2;
  };

  let events = null;
  const listen = () => {
    events?.close();
    // A browser keeps six connections to a server: pages that nobody sees leave theirs to others.
    if (document.hidden) return;
    const asked = new URLSearchParams({ runs: runs.map(run => run.id).join('.') });
    for (const figure of figures) asked.append('figure', figure);
    events = new EventSource(`curve-events?${asked}`);
    events.addEventListener('curve', event => {
      const news = JSON.parse(event.data);
      take(curves, news);
      redraw([news.figure]);
    });
    events.addEventListener('look', event => {
      const news = JSON.parse(event.data);
      const known = curves.get(key(news.run, news.figure));
      if (known && !known.isLook) return;
      take(curves, news);
      curves.get(key(news.run, news.figure)).isLook = true;
      redraw([news.figure]);
    });
    events.addEventListener('looked', () => { document.body.dataset.looked = 'true'; });
    events.addEventListener('problem', event => {
      const news = JSON.parse(event.data);
      const run = runs.find(one => one.id === news.run);
      if (run) run.problem = news.problem;
      explain();
      notes();
    });
    events.addEventListener('whole', () => {
      live.textContent = '';
      live.className = '';
      document.body.dataset.ready = 'true';
      redraw(figures);
    });
    events.addEventListener('error', () => {
      live.textContent = 'sparring ui does not answer any more; this page shows what was last.';
      live.className = 'lost';
    });
  };

  for (const box of boxes) {
    box.addEventListener('change', () => {
      figures = boxes.filter(one => one.checked).map(one => one.value).slice(0, 40);
      remember();
      layOut();
      listen();
      redraw(figures);
    });
  }
  const set = () => {
    smoothingValue.textContent = smoothing.value === '0' ? 'none' : `${smoothing.value} % of the points`;
    redraw(figures);
  };
  for (const input of [smoothing, log, bands]) input.addEventListener('input', () => { set(); remember(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const plot of plots.values()) plot.structure = '';
    redraw(figures);
  });
  new ResizeObserver(() => {
    for (const plot of plots.values()) plot.chart?.setSize({ width: plot.place.clientWidth, height: 260 });
  }).observe(charts);
  document.addEventListener('visibilitychange', listen);
  layOut();
  explain();
  set();
  listen();
})();
