"use strict";
(() => {
  const {element, fixed, percent, megabytes, duration, colour, table, chart, begin, drawn, show} = Page;
  const data = JSON.parse(document.getElementById("data").textContent);

  const spread = (value, digits, unit) => Number.isFinite(value.mean)
      ? fixed(value.mean, digits) + (Number.isFinite(value.deviation) ? " ± " + fixed(value.deviation, digits) : "") + unit
      : "–";

  /* The names of configurations are longer than a legend can be. */
  const MOST_LETTERS = 40;
  const short = name => name.length > MOST_LETTERS ? name.slice(0, MOST_LETTERS - 1) + "…" : name;

  function named(group) {
    const swatch = element("span", {class: "swatch"});
    swatch.style.background = colour(data.groups.indexOf(group));
    return element("span", {}, swatch, group.name);
  }

  function groupsPart() {
    return [table("groups", [
      {name: "configuration", text: true, wrap: true, value: group => group.name, show: named},
      {name: "runs", value: group => group.runs.length},
      {name: "test accuracy (%)", value: group => group.accuracy.mean, show: group => spread(group.accuracy, 2, "")},
      {name: "seconds per epoch", value: group => group.seconds_per_epoch.mean,
        show: group => spread(group.seconds_per_epoch, 2, "")},
      {name: "peak memory", value: group => group.memory_bytes.mean,
        show: group => Number.isFinite(group.memory_bytes.mean) ? megabytes(group.memory_bytes.mean) : "–"}
    ], data.groups),
    element("p", {class: "faint"}, "± is the standard deviation over the runs of a configuration.")];
  }

  function curves(id, title, axis, value, digits, unit) {
    return chart(id, title, title + " of every run over the epochs", () => {
      const datasets = data.groups.flatMap((group, index) => group.runs.map((run, number) => ({
        label: short(group.name), group: group.name, first: number === 0, run: run.name,
        data: run.curve.map(point => ({x: point.epoch, y: value(point)})).filter(point => Number.isFinite(point.y)),
        borderColor: colour(index), backgroundColor: colour(index)
      })));
      return {
        type: "line",
        data: {datasets},
        options: {
          animation: false, responsive: true, maintainAspectRatio: false,
          interaction: {mode: "nearest", intersect: false},
          elements: {point: {radius: 0, hitRadius: 8}, line: {borderWidth: 1.5}},
          scales: {
            x: {type: "linear", title: {display: true, text: "epoch"}, ticks: {precision: 0}, grid: {display: false}},
            y: {title: {display: true, text: axis}}
          },
          plugins: {
            legend: {
              position: "bottom",
              labels: {boxWidth: 12, boxHeight: 12, filter: item => datasets[item.datasetIndex].first},
              onClick: (event, item, legend) => {
                const name = datasets[item.datasetIndex].group;
                datasets.forEach((dataset, index) => {
                  if (dataset.group === name) {
                    legend.chart.setDatasetVisibility(index, !legend.chart.isDatasetVisible(index));
                  }
                });
                legend.chart.update();
              }
            },
            tooltip: {callbacks: {
              title: items => "epoch " + items[0].parsed.x,
              label: item => " " + item.dataset.run + ": " + fixed(item.parsed.y, digits) + unit
            }}
          }
        }
      };
    }, 400);
  }

  function curvesPart() {
    return [element("div", {class: "charts"},
        curves("accuracies", "Test accuracy", "right predictions (%)", point => 100 * point.test_accuracy, 2, " %"),
        curves("validation-losses", "Validation loss", "loss", point => point.validation_loss, 4, ""),
        curves("training-losses", "Training loss", "loss", point => point.train_loss, 4, ""))];
  }

  function runsPart() {
    const rows = data.groups.flatMap(group => group.runs.map(run => ({group: group.name, ...run})));
    return [table("runs", [
      {name: "run", text: true, value: run => run.name},
      {name: "configuration", text: true, wrap: true, value: run => run.group},
      {name: "seed", text: true, value: run => run.seed},
      {name: "epochs", value: run => run.curve.length},
      {name: "test accuracy", value: run => run.accuracy, show: run => percent(run.accuracy)},
      {name: "time per epoch", value: run => run.seconds_per_epoch, show: run => duration(run.seconds_per_epoch)}
    ], rows)];
  }

  function render() {
    begin();
    document.getElementById("head").replaceChildren(element("h1", {}, data.title),
        element("p", {class: "state"}, data.shared), ...data.notes.map(note => element("p", {}, note)));
    show([["groups", "Configurations", groupsPart()], ["curves", "Curves", curvesPart()], ["runs", "Every run", runsPart()]]);
    drawn();
  }

  render();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
})();
