'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const charts = new Map();
  const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const fixed = (value, decimals) => value.toFixed(decimals).replace('-', '−');
  const signed = (value, decimals) => (value > 0 ? '+' : '') + fixed(value, decimals);
  const colour = (name) => getComputedStyle(root).getPropertyValue('--' + name).trim();
  const decimals = (fit) => (fit.nucleus === '1H' ? 3 : 2);
  const isotope = (nucleus) => nucleus.replace(/^\d+/, (mass) => [...mass].map((d) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[d]).join(''));
  const seconds = (s) => s < 9.95 ? `${s.toFixed(1)} s` : s < 120 ? `${Math.round(s)} s`
    : s < 7200 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
  const state = { nucleus: data.fits.length ? data.fits[0].nucleus : null, key: null };

  // Points as objects, so that what follows reads well.
  for (const fit of data.fits) {
    fit.points = fit.points.map(([molecule, atoms, measured, shielding, predicted, standardized, mark]) =>
      ({ molecule, atoms, measured, shielding, predicted, standardized, mark, deviation: predicted - measured }));
  }

  // ---- drawing ----

  function draw(id, option) {
    const element = $(id);
    if (!element || element.offsetWidth === 0) {
      return;
    }
    let chart = charts.get(id);
    if (!chart) {
      chart = echarts.init(element, null, { renderer: 'svg' });
      charts.set(id, chart);
    }
    chart.setOption(Object.assign({
      animation: false, useUTC: true,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: colour('soft') },
      tooltip: {
        confine: true, transitionDuration: 0, borderWidth: 1, borderColor: colour('rule'),
        backgroundColor: colour('panel'), textStyle: { color: colour('ink') }, padding: [6, 10],
      },
    }, option), true);
    chart.resize();
  }

  function axis(name, more) {
    return Object.assign({
      name, nameLocation: 'middle', nameGap: 26, scale: true,
      nameTextStyle: { color: colour('soft') },
      axisLine: { show: true, lineStyle: { color: colour('faint'), width: 1 }, onZero: false },
      axisTick: { show: true, lineStyle: { color: colour('faint') } },
      axisLabel: { color: colour('soft'), hideOverlap: true },
      splitLine: { lineStyle: { color: colour('hair') } },
    }, more);
  }

  const dash = (value) => String(Number(value.toPrecision(6))).replace('-', '−');
  const place = (point) => `${escape(point.molecule)} ${escape(point.atoms)}`;

  function pointTip(fit, point) {
    return `<div class="tip"><b>${place(point)}</b>${point.mark ? ` (${point.mark})` : ''}<br>measured `
      + `${fixed(point.measured, 2)}, predicted ${fixed(point.predicted, 2)} ppm<br>deviation `
      + `${signed(point.deviation, decimals(fit))} ppm, ${signed(point.standardized, 1)} SD<br>`
      + `shielding ${fixed(point.shielding, 2)} ppm</div>`;
  }

  /** Marks outliers by shape and name, not by colour alone. */
  function pointItem(fit, point, y) {
    const odd = point.mark !== '';
    const [low, high] = measuredRange(fit);
    const right = point.measured < low + 0.55 * (high - low); // names stay inside the plot
    return {
      value: [point.measured, y], point,
      symbol: odd ? 'diamond' : 'circle', symbolSize: odd ? 10 : 7,
      itemStyle: {
        color: odd ? colour('warn') : colour('point'), opacity: odd ? 1 : 0.7,
        borderColor: colour('paper'), borderWidth: 0.5,
      },
      label: {
        show: odd, position: right ? 'right' : 'left', offset: [0, right ? -9 : 9],
        formatter: () => `${point.molecule} ${point.atoms}`,
        color: colour('warn'), fontSize: 11, textBorderColor: colour('paper'), textBorderWidth: 3,
      },
    };
  }

  function measuredRange(fit) {
    const xs = fit.points.map((point) => point.measured);
    const pad = (Math.max(...xs) - Math.min(...xs)) * 0.03;
    return [Math.min(...xs) - pad, Math.max(...xs) + pad];
  }

  function shiftAxis(fit) {
    const [min, max] = measuredRange(fit);
    return axis('measured shift δ / ppm', { type: 'value', min, max,
      axisLabel: { color: colour('soft'), showMinLabel: false, showMaxLabel: false, formatter: dash } });
  }

  function scatter(fit, factor) {
    const ends = measuredRange(fit);
    draw('scatter', {
      grid: { left: 58, right: 22, top: 14, bottom: 46 },
      xAxis: shiftAxis(fit),
      yAxis: axis('calculated shielding σ / ppm', { type: 'value', nameGap: 40,
        axisLabel: { color: colour('soft'), formatter: dash } }),
      tooltip: tooltip((item) => item.data.point && pointTip(fit, item.data.point)),
      series: [
        { type: 'line', data: ends.map((x) => [x, factor.m * x + factor.b]), symbol: 'none', silent: true, z: 1,
          lineStyle: { color: colour('ink'), width: 1, opacity: 0.55 } },
        { type: 'scatter', data: fit.points.map((point) => pointItem(fit, point, point.shielding)),
          labelLayout: { hideOverlap: true } },
      ],
    });
    describe('scatter', `R² ${factor.r_squared.toFixed(5)} over ${factor.n_points} points of ${factor.n_molecules} molecules.`);
  }

  function residuals(fit, factor) {
    const band = 3 * factor.standard_deviation;
    const limit = roundUp(1.05 * Math.max(band, ...fit.points.map((point) => Math.abs(point.deviation))));
    draw('residuals', {
      grid: { left: 60, right: 22, top: 12, bottom: 44 },
      xAxis: shiftAxis(fit),
      yAxis: axis('deviation / ppm', { type: 'value', nameGap: 44, min: -limit, max: limit, interval: limit / 2,
        axisLabel: { color: colour('soft'), formatter: dash } }),
      tooltip: tooltip((item) => item.data.point && pointTip(fit, item.data.point)),
      series: [{
        type: 'scatter', data: fit.points.map((point) => pointItem(fit, point, point.deviation)),
        labelLayout: { hideOverlap: true },
        markArea: { silent: true, itemStyle: { color: colour('accent-soft'), opacity: 0.45 },
          data: [[{ yAxis: -band }, { yAxis: band }]] },
        markLine: { silent: true, symbol: 'none', label: { show: false },
          lineStyle: { color: colour('ink'), type: 'solid', width: 1, opacity: 0.55 }, data: [{ yAxis: 0 }] },
      }],
    });
    describe('residuals', `Largest ${factor.max_deviation.toFixed(decimals(fit))} ppm; `
      + `${factor.outliers.length} outside the band${factor.outliers_removed ? `, ${factor.outliers_removed} removed` : ''}.`);
  }

  /** The next number above that has few figures, also when it is halved. */
  function roundUp(value) {
    const power = 10 ** Math.floor(Math.log10(value || 1));
    return [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) * power;
  }

  /** Bins of a round width near Scott's rule, with an edge at zero. */
  function histogram(fit, factor) {
    const values = fit.points.filter((point) => point.mark !== 'removed').map((point) => point.deviation);
    const sd = factor.standard_deviation;
    const wanted = 3.49 * sd / Math.cbrt(values.length) || 0.001;
    const power = 10 ** Math.floor(Math.log10(wanted));
    const width = [1, 2, 5, 10].map((step) => step * power).find((step) => step >= wanted * 0.55);
    const first = Math.floor(Math.min(...values) / width);
    const last = Math.floor(Math.max(...values) / width);
    const bins = Array.from({ length: last - first + 1 }, (_, i) => ({ low: (first + i) * width, count: 0 }));
    values.forEach((value) => { bins[Math.floor(value / width) - first].count++; });
    const low = first * width - width;
    const high = (last + 1) * width + width;
    const curve = Array.from({ length: 121 }, (_, i) => {
      const x = low + (high - low) * i / 120;
      return [x, values.length * width / (sd * Math.sqrt(2 * Math.PI)) * Math.exp(-(x * x) / (2 * sd * sd))];
    });
    const places = Math.max(0, -Math.floor(Math.log10(width)));
    draw('histogram', {
      grid: { left: 60, right: 22, top: 12, bottom: 44 },
      xAxis: axis('deviation / ppm', { type: 'value', min: low, max: high, splitLine: { show: false },
        axisLabel: { color: colour('soft'), showMinLabel: false, showMaxLabel: false, formatter: dash } }),
      yAxis: axis('points', { type: 'value', nameGap: 44, minInterval: 1 }),
      tooltip: tooltip((item) => item.seriesType === 'custom' && `<div class="tip"><b>${item.value[2]}</b> points from `
        + `${fixed(item.value[0], places)} to ${fixed(item.value[1], places)} ppm</div>`),
      series: [
        { type: 'custom', encode: { x: [0, 1], y: 2 }, data: bins.map((bin) => [bin.low, bin.low + width, bin.count]),
          renderItem: (params, api) => {
            const from = api.coord([api.value(0), api.value(2)]);
            const to = api.coord([api.value(1), 0]);
            return { type: 'rect', shape: { x: from[0] + 0.5, y: from[1], width: Math.max(1, to[0] - from[0] - 1),
              height: to[1] - from[1] }, style: { fill: colour('point'), opacity: 0.65 } };
          } },
        { type: 'line', data: curve, symbol: 'none', silent: true,
          lineStyle: { color: colour('ink'), width: 1, type: [4, 3], opacity: 0.6 } },
      ],
    });
    const within = values.filter((value) => Math.abs(value) <= sd).length;
    describe('histogram', `${Math.round(100 * within / values.length)} % of the points lie within one standard deviation, `
      + `${sd.toFixed(decimals(fit))} ppm.`);
  }

  function tooltip(words) {
    return {
      trigger: 'item', confine: true, transitionDuration: 0, borderWidth: 1, borderColor: colour('rule'),
      backgroundColor: colour('panel'), textStyle: { color: colour('ink') }, padding: [6, 10],
      formatter: (item) => words(item) || '',
    };
  }

  /** Says in words what the plot shows: below its title, and to who cannot see it. */
  function describe(id, words, table = 'shifts') {
    const element = $(id);
    const title = element.parentElement.querySelector('figcaption').firstChild.textContent;
    $(id + '-words').textContent = words;
    element.setAttribute('aria-label', `${title}. ${words} The numbers are in the table of ${table}.`);
  }

  // ---- calculations ----

  const palette = () => [colour('point'), colour('run'), colour('good'), colour('warn'), colour('faint'), colour('ink')];
  const shapes = ['circle', 'rect', 'triangle', 'diamond'];

  function times() {
    const done = data.tasks.filter(([, , word, , time, electrons]) => (word === 'done' || word === 'recovered') && time && electrons);
    if (!$('times')) {
      return;
    }
    if (!done.length) {
      $('times').parentElement.hidden = true;
      return;
    }
    const conditions = [...new Set(done.map((task) => task[1]))];
    const few = conditions.length <= 6; // more colours than that tell nothing
    const colours = few ? palette() : [colour('point')];
    draw('times', {
      grid: { left: 60, right: 20, top: few ? 30 : 12, bottom: 44 },
      legend: { show: few, top: 0, left: 0, type: 'scroll', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14,
        textStyle: { color: colour('soft') }, pageTextStyle: { color: colour('soft') } },
      xAxis: axis('electrons', { type: 'value' }),
      yAxis: axis('', { type: 'log', logBase: 2, // ten would leave one label between 15 s and 9 min
        axisLabel: { color: colour('soft'), showMinLabel: false, showMaxLabel: false, formatter: seconds },
        min: (range) => range.min / 1.3, max: (range) => range.max * 1.3 }),
      tooltip: tooltip((item) => `<div class="tip"><b>${escape(item.data.name)}</b><br>${escape(item.seriesName)}<br>`
        + `${item.value[0]} electrons, ${seconds(item.value[1])}</div>`),
      series: conditions.map((condition, i) => ({
        name: condition, type: 'scatter', symbol: few ? shapes[i % shapes.length] : 'circle', symbolSize: few ? 7 : 5,
        itemStyle: { color: colours[i % colours.length], opacity: few ? 0.8 : 0.45 },
        data: done.filter((task) => task[1] === condition).map((task) => ({ name: task[0], value: [task[5], task[4]] })),
      })),
    });
    const longest = done.reduce((a, b) => (a[4] > b[4] ? a : b));
    const shortest = done.reduce((a, b) => (a[4] < b[4] ? a : b));
    describe('times', `From ${seconds(shortest[4])} (${shortest[0]}) to ${seconds(longest[4])} (${longest[0]}, ${longest[1]}).`,
      'calculations');
  }

  function timeline() {
    if (!$('timeline')) {
      return;
    }
    const ran = data.tasks.filter((task) => task[3] !== null && task[4] !== null).sort((a, b) => a[3] - b[3]);
    if (!ran.length) {
      $('timeline').parentElement.hidden = true;
      return;
    }
    const free = []; // when each lane is free again
    const used = []; // how many bars each lane has, so that neighbours differ in shade
    const bars = ran.map((task) => {
      const end = task[3] + task[4] * 1000;
      let lane = free.findIndex((time) => time <= task[3]);
      lane = lane < 0 ? free.length : lane;
      free[lane] = end;
      used[lane] = (used[lane] || 0) + 1;
      return { name: task[0], value: [task[3], end, lane], task, odd: used[lane] % 2 };
    });
    $('timeline').style.height = `${Math.min(260, 60 + 40 * free.length)}px`;
    draw('timeline', {
      grid: { left: 20, right: 20, top: 12, bottom: 44 },
      xAxis: axis('UTC', { type: 'time', min: 'dataMin', max: 'dataMax',
        splitNumber: Math.max(2, Math.floor($('timeline').offsetWidth / 75)), splitLine: { show: false } }),
      yAxis: { type: 'value', min: -0.15, max: free.length - 0.85 + 1, show: false, inverse: true },
      tooltip: tooltip((item) => `<div class="tip"><b>${escape(item.name)}</b> ${escape(item.data.task[1])}<br>`
        + `${item.data.task[2]}, ${seconds(item.data.task[4])}<br>`
        + `${new Date(item.value[0]).toISOString().slice(0, 19).replace('T', ' ')} UTC</div>`),
      series: [{
        type: 'custom', encode: { x: [0, 1], y: 2 }, data: bars,
        renderItem: (params, api) => {
          const from = api.coord([api.value(0), api.value(2)]);
          const to = api.coord([api.value(1), api.value(2)]);
          const height = Math.min(34, api.size([0, 1])[1] * 0.8);
          const failed = bars[params.dataIndex].task[2] === 'failed';
          return { type: 'rect', shape: { x: from[0], y: from[1], width: Math.max(1, to[0] - from[0] - 0.6), height },
            style: { fill: failed ? colour('fail') : colour('point'), opacity: failed ? 1 : 0.45 + 0.35 * bars[params.dataIndex].odd } };
        },
      }],
    });
    const span = (Math.max(...bars.map((bar) => bar.value[1])) - ran[0][3]) / 1000;
    describe('timeline', `${ran.length} calculations in ${seconds(span)}, up to ${free.length} side by side.`, 'calculations');
  }

  // ---- a method and what it shows ----

  const chosen = () => data.fits.find((fit) => fit.key === state.key);

  function plots() {
    const fit = chosen();
    if (fit) {
      const factor = data.factors[fit.key];
      scatter(fit, factor);
      residuals(fit, factor);
      histogram(fit, factor);
    }
  }

  function range([low, high], places) {
    return `<small>[${fixed(low, places)}, ${fixed(high, places)}]</small>`;
  }

  function detail() {
    const fit = chosen();
    const factor = data.factors[fit.key];
    const interval = (name, places) => range((factor.bootstrap && factor.bootstrap[name]) || factor[`ci_${name}`], places);
    $('detail').hidden = false;
    $('detail-title').textContent = `${fit.method}, ${isotope(fit.nucleus)} in ${fit.solvent}`;
    $('detail-line').innerHTML =
      `δ = <b>${fixed(factor.slope, 4)}</b> ${interval('slope', 4)} · σ + <b>${fixed(factor.intercept, 3)}</b> `
      + `${interval('intercept', 3)} &ensp; or &ensp; σ = <b>${fixed(factor.m, 4)}</b> ${interval('m', 4)} · δ + `
      + `<b>${fixed(factor.b, 3)}</b> ${interval('b', 3)}`;
    $('shifts-of').textContent = `${isotope(fit.nucleus)} by ${fit.method} in ${fit.solvent}; deviations are predicted minus measured, in ppm.`;
    plots();
    shiftTable(fit);
  }

  function shiftTable(fit) {
    const wanted = $('filter').value.trim().toLowerCase();
    const largest = Math.max(...fit.points.map((point) => Math.abs(point.deviation))) || 1;
    let before = null;
    const rows = fit.points.filter((point) => point.molecule.toLowerCase().includes(wanted)).map((point) => {
      const first = point.molecule !== before;
      before = point.molecule;
      const share = 50 * Math.abs(point.deviation) / largest;
      const left = point.deviation < 0 ? 50 - share : 50;
      return `<tr class="${first ? 'first ' : ''}${point.mark}"><th scope="row" class="name">`
        + `${first ? escape(point.molecule) : `<span class="hidden">${escape(point.molecule)}</span>`}</th>`
        + `<td class="text">${escape(point.atoms)}</td><td>${fixed(point.measured, 2)}</td><td>${fixed(point.predicted, 2)}</td>`
        + `<td>${signed(point.deviation, decimals(fit))}${point.mark ? `<span class="hidden"> ${point.mark}</span>` : ''}</td>`
        + `<td class="swing"><i style="left:${left.toFixed(2)}%;width:${share.toFixed(2)}%"></i></td>`
        + `<td>${fixed(point.shielding, 2)}</td></tr>`;
    });
    $('shift-table').tBodies[0].innerHTML = rows.join('')
      || '<tr><td class="text" colspan="7">No molecule of that name.</td></tr>';
  }

  function choose(key) {
    state.key = key;
    for (const row of all('.ranking tbody tr')) {
      const on = row.dataset.key === key;
      row.classList.toggle('chosen', on);
      row.querySelector('button').setAttribute('aria-pressed', on);
    }
    detail();
  }

  function show(nucleus) {
    state.nucleus = nucleus;
    all('.switch button').forEach((button) => button.setAttribute('aria-pressed', button.dataset.nucleus === nucleus));
    all('.ranking, .versus').forEach((table) => { table.hidden = table.dataset.nucleus !== nucleus; });
    // the same method for the other nucleus, or else the best
    const was = chosen();
    const rows = all(`.ranking[data-nucleus="${nucleus}"] tbody tr`).map((row) => row.dataset.key);
    const same = was && data.fits.find((fit) => fit.nucleus === nucleus && fit.method === was.method && fit.solvent === was.solvent);
    choose(same ? same.key : rows[0]);
  }

  if (data.fits.length) {
    all('.switch button').forEach((button) => button.addEventListener('click', () => show(button.dataset.nucleus)));
    all('.ranking tbody tr').forEach((row) => row.addEventListener('click', () => choose(row.dataset.key)));
    $('filter').addEventListener('input', () => shiftTable(chosen()));
    show(all('.ranking')[0].dataset.nucleus);
  }

  function drawAll() {
    plots();
    times();
    timeline();
  }

  /** A copy of what is shown, for the paper. */
  function copied(element) {
    const clone = element.cloneNode(true);
    [clone, ...clone.querySelectorAll('[id]')].filter((part) => !part.closest('svg')) // which refers to its own
      .forEach((part) => part.removeAttribute('id'));
    clone.classList.add('printed');
    return clone;
  }

  /** On paper nothing can be chosen: the other nuclei follow the one that is shown. */
  function copyOthers() {
    const { nucleus, key } = state;
    [...new Set(data.fits.map((fit) => fit.nucleus))].filter((other) => other !== nucleus).reverse().forEach((other) => {
      show(other);
      flush();
      $('detail').after(copied($('detail')));
      const table = $('shift-table').parentElement;
      table.after(copied($('shifts-of')), copied(table));
    });
    if (nucleus) {
      show(nucleus);
      choose(key);
    }
  }

  function flush() {
    charts.forEach((chart) => chart.getZr().flush());
  }

  times();
  timeline();
  let waiting = 0;
  new ResizeObserver(() => {
    if (root.classList.contains('printing')) {
      return;
    }
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => charts.forEach((chart) => chart.resize()));
  }).observe(document.body);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  addEventListener('beforeprint', () => {
    root.classList.add('printing');
    all('details').forEach((failures) => { failures.open = true; });
    copyOthers();
    drawAll();
    flush();
    all('.chart svg').forEach((svg) => { // lets the style sheet scale it to the paper
      svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
    });
  });
  addEventListener('afterprint', () => {
    root.classList.remove('printing');
    all('.printed').forEach((copy) => copy.remove());
    drawAll();
  });
})();
