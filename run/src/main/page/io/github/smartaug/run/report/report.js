"use strict";
(() => {
  const {element, isNumber, fixed, percent, whole, megabytes, duration, style, colour, transparent, table, pairs, chart,
    later, begin, drawn, show} = Page;
  const POLL_MILLISECONDS = 2000;
  /* Beyond this many classes a confusion matrix is a picture, not a table. */
  const MOST_CELLS = 20;

  let data = JSON.parse(document.getElementById("data").textContent);
  /* ---- charts ---- */

  function lineOptions(axis, extra = {}) {
    return {
      animation: false, responsive: true, maintainAspectRatio: false,
      interaction: {mode: "index", intersect: false},
      elements: {point: {radius: data.log.length > 40 ? 0 : 2}, line: {borderWidth: 2}},
      scales: {
        x: {title: {display: true, text: "epoch"}, ticks: {maxRotation: 0}, grid: {display: false}},
        y: Object.assign({title: {display: true, text: axis}}, extra.y)
      },
      plugins: {
        legend: {position: "bottom", labels: {boxWidth: 12, boxHeight: 12}},
        tooltip: Object.assign({callbacks: {title: items => "epoch " + items[0].label}}, extra.tooltip)
      }
    };
  }

  const epochs = () => data.log.map(entry => entry.epoch);

  function curve(name, index, value) {
    return {label: name, data: data.log.map(value), borderColor: colour(index), backgroundColor: colour(index)};
  }

  function tooltip(digits, unit, sorted) {
    return {
      itemSort: sorted ? (a, b) => b.parsed.y - a.parsed.y : undefined,
      callbacks: {
        title: items => "epoch " + items[0].label,
        label: item => " " + item.dataset.label + ": " + fixed(item.parsed.y, digits) + unit
      }
    };
  }

  function lossChart() {
    return chart("losses", "Loss", "Training and validation loss over the epochs", () => ({
      type: "line",
      data: {labels: epochs(), datasets: [
        curve("training (mixed loss)", 0, e => e.train_loss),
        curve("validation (clean)", 1, e => e.validation_loss)]},
      options: lineOptions("loss", {tooltip: tooltip(4, "", false)})
    }));
  }

  function accuracyChart() {
    return chart("accuracies", "Accuracy", "Validation and test accuracy over the epochs", () => ({
      type: "line",
      data: {labels: epochs(), datasets: [
        curve("validation", 0, e => 100 * e.validation_accuracy),
        curve("test", 1, e => 100 * e.test_accuracy)]},
      options: lineOptions("right predictions (%)", {tooltip: tooltip(2, " %", false)})
    }));
  }

  const last = () => data.log[data.log.length - 1];

  /* Transforms by their final probability, the likeliest first. */
  function likeliestFirst() {
    return last().policy.map((transform, index) => ({index, ...transform}))
        .sort((a, b) => b.probability - a.probability);
  }

  /* A magnitude of exactly 1 in every epoch is that of a transform that has none. */
  const hasMagnitude = index => data.log.some(entry => entry.policy[index].magnitude !== 1);

  function policyMoves() {
    const first = data.log[0].policy;
    return data.log.some(entry => entry.policy.some((transform, index) =>
        Math.abs(transform.probability - first[index].probability) > 1e-6
        || Math.abs(transform.magnitude - first[index].magnitude) > 1e-6));
  }

  function probabilityChart() {
    return chart("probabilities", "Probability of each transform",
        "Probabilities of the transforms over the epochs, stacked", () => {
          const options = lineOptions("probability (%)",
              {y: {stacked: true, min: 0, max: 100}, tooltip: tooltip(2, " %", true)});
          options.elements.point.radius = 0;
          return {
            type: "line",
            data: {labels: epochs(), datasets: likeliestFirst().map((transform, rank) => ({
              label: transform.name,
              data: data.log.map(entry => 100 * entry.policy[transform.index].probability),
              borderColor: colour(rank), borderWidth: 1,
              backgroundColor: transparent(colour(rank), 0.65), fill: rank === 0 ? "origin" : "-1"
            }))},
            options
          };
        }, 440);
  }

  function magnitudeChart() {
    return chart("magnitudes", "Magnitude of each transform",
        "Magnitudes of the transforms over the epochs", () => ({
          type: "line",
          data: {labels: epochs(), datasets: likeliestFirst()
              .map((transform, rank) => ({transform, rank}))
              .filter(({transform}) => hasMagnitude(transform.index))
              .map(({transform, rank}) => ({
                label: transform.name,
                data: data.log.map(entry => entry.policy[transform.index].magnitude),
                borderColor: colour(rank), backgroundColor: colour(rank)
              }))},
          options: lineOptions("magnitude (1: the whole range)",
              {y: {min: 0, max: 1}, tooltip: tooltip(3, "", true)})
        }), 440);
  }

  function policyBars() {
    const transforms = likeliestFirst();
    const uniform = 100 / transforms.length;
    return chart("policy", "Final policy", "Probability of each transform in the final policy", () => ({
      type: "bar",
      data: {labels: transforms.map(t => t.name), datasets: [{
        label: "probability", data: transforms.map(t => 100 * t.probability),
        backgroundColor: transforms.map((t, rank) => colour(rank))
      }]},
      options: {
        animation: false, responsive: true, maintainAspectRatio: false, indexAxis: "y",
        scales: {
          x: {title: {display: true, text: "probability (%), " + uniform.toFixed(1) + " if all alike"}, min: 0},
          y: {ticks: {autoSkip: false}, grid: {display: false}}
        },
        plugins: {legend: {display: false}, tooltip: {callbacks: {
          label: item => " " + fixed(item.parsed.x, 2) + " %",
          afterLabel: item => hasMagnitude(transforms[item.dataIndex].index)
              ? "magnitude " + fixed(transforms[item.dataIndex].magnitude, 3) : ""
        }}}
      }
    }), Math.max(220, 24 * transforms.length + 70));
  }

  const PHASES = [["data", "seconds_data", "making batches"],
    ["augmentation", "seconds_augmentation", "augmenting images"],
    ["inner steps", "seconds_inner", "the rest of the inner steps"],
    ["meta steps", "seconds_meta", "hypergradients and meta steps"],
    ["evaluation", "seconds_evaluation", "validation and test"]];

  function timeChart() {
    return chart("times", "Seconds per epoch", "Seconds per epoch by what they went into", () => {
      const options = lineOptions("seconds", {y: {stacked: true, min: 0}, tooltip: tooltip(2, " s", false)});
      options.scales.x.stacked = true;
      return {
        type: "bar",
        data: {labels: epochs(), datasets: PHASES.map(([name, field], index) => ({
          label: name, data: data.log.map(entry => entry[field]), backgroundColor: colour(index)
        }))},
        options
      };
    });
  }

  /* ---- parts of the page ---- */

  function tile(id, name, value, note) {
    return element("div", {class: "tile", id}, element("div", {class: "name"}, name),
        element("div", {class: "value"}, value), element("div", {class: "note"}, note || ""));
  }

  function tiles() {
    const result = data.result, now = last();
    const asked = data.config.options.epochs;
    const seconds = data.log.reduce((sum, entry) => sum + entry.seconds, 0);
    const made = [];
    if (result) {
      made.push(
          tile("test-accuracy", "test accuracy", percent(result.test_accuracy),
              result.refit ? "of the refitted model" : "model of epoch " + result.best_epoch),
          tile("validation-accuracy", "validation accuracy", percent(result.validation_accuracy),
              "by which the epoch was chosen"));
    } else if (now) {
      made.push(
          tile("test-accuracy", "test accuracy", percent(now.test_accuracy), "after epoch " + now.epoch),
          tile("validation-accuracy", "validation accuracy", percent(now.validation_accuracy),
              "after epoch " + now.epoch));
    }
    made.push(tile("epochs", "epochs", asked ? data.log.length + " of " + asked : String(data.log.length),
        data.state === "finished" && data.log.length < asked ? "ended early" : ""));
    if (now) {
      made.push(tile("time", "time", duration(result ? result.seconds_total : seconds),
              result ? "evaluation included"
                  : isNumber(asked) && data.state === "running"
                      ? "about " + duration(seconds / data.log.length * (asked - data.log.length)) + " left" : ""),
          tile("memory", "peak memory", megabytes(result ? result.peak_memory_bytes : now.peak_memory_bytes),
              "of the process"));
    }
    if (result && result.findings) {
      const learned = result.findings.filter(finding => finding.learned).length;
      made.push(tile("learned", "learned beyond noise", learned + " of " + result.findings.length,
          "numbers that meta steps move"));
    }
    return element("div", {class: "tiles"}, ...made);
  }

  function stateLine() {
    const started = new Date(data.config.started);
    const states = {
      finished: "Finished",
      running: "Still training when this was written",
      ended: "Ended before its last epoch"
    };
    return states[data.state] + ". Begun " + started.toLocaleString() + ", page of "
        + new Date(data.written).toLocaleString() + ", SmartAug " + data.config.platform.smartaug + ".";
  }

  function learnedPart() {
    if (last().policy.length === 0) {
      return [element("p", {}, "This run had no policy: its images were not augmented.")];
    }
    const parts = [];
    if (data.sentences && data.sentences.length > 0) {
      parts.push(...data.sentences.map(sentence => element("p", {class: "sentence"}, sentence)));
    } else if (!policyMoves()) {
      parts.push(element("p", {}, data.state === "running" || data.log.length < 2
          ? "The policy has not moved yet." : "The policy of this run did not change: nothing was learned about it."));
    }
    parts.push(element("div", {class: "charts"}, policyBars(), findingsTable()));
    if (data.log.length > 1 && policyMoves()) {
      const overTime = [probabilityChart()];
      if (last().policy.some((transform, index) => hasMagnitude(index))) overTime.push(magnitudeChart());
      parts.push(element("div", {class: "charts", style: "margin-top:1rem"}, ...overTime));
    }
    return parts;
  }

  function findingsTable() {
    const findings = data.result && data.result.findings;
    const gradients = !findings && last().gradients;
    const name = row => row.entry === "" ? row.parameter : row.entry;
    const common = [
      {name: "number", text: true, value: row => name(row)},
      {name: "of", text: true, value: row => row.parameter},
      {name: "t", value: row => Math.abs(row.t), show: row => fixed(row.t, 2)}
    ];
    let made;
    if (findings) {
      made = table("findings", [...common,
        {name: "p", value: row => row.adjusted_p, show: row => isNumber(row.adjusted_p)
            ? row.adjusted_p < 0.001 ? "< 0.001" : row.adjusted_p.toFixed(3) : "–"},
        {name: "moved by", value: row => row.movement, show: row => fixed(row.movement, 3)},
        {name: "learned", text: true, value: row => row.learned ? "learned" : isNumber(row.adjusted_p) ? "drift" : "cannot tell",
          mark: row => row.learned ? "learned" : ""}
      ], findings.slice().sort((a, b) => Math.abs(b.t) - Math.abs(a.t)));
    } else if (gradients && gradients.length > 0) {
      made = table("gradients", common, gradients.slice().sort((a, b) => Math.abs(b.t) - Math.abs(a.t)));
    } else {
      made = table("shares", [
        {name: "transform", text: true, value: row => row.name},
        {name: "probability", value: row => row.probability, show: row => percent(row.probability)},
        {name: "magnitude", value: row => row.magnitude, show: row => hasMagnitude(row.index) ? fixed(row.magnitude, 3) : "–"}
      ], likeliestFirst());
    }
    const title = findings ? "Learned, or drift? Hypergradients over the run"
        : gradients && gradients.length > 0 ? "Hypergradients of the last epoch" : "In numbers";
    return element("div", {class: "chart"}, element("h3", {}, title), made);
  }

  function picture(name) {
    const found = data.pictures.find(p => p.name === name);
    return found
        ? element("div", {class: "picture", tabindex: "0"}, element("img", {src: found.source, alt: found.description}))
        : null;
  }

  function imagesPart() {
    const parts = [["augmented.png", "Training images, and what the final policy makes of them"],
      ["strengths.png", "Each transform over the strengths that the policy draws"]]
        .map(([name, title]) => [title, picture(name)]).filter(([, image]) => image)
        .flatMap(([title, image]) => [element("h3", {}, title), image]);
    return parts.length > 0 ? parts : null;
  }

  function confusionTable(test) {
    const names = test.classes.map(entry => entry.name);
    const head = element("tr", {}, element("th", {}, "is \\ taken for"),
        ...names.map(name => element("th", {scope: "col", title: name}, name)));
    const rows = test.confusion.map((counts, row) => {
      const all = counts.reduce((a, b) => a + b, 0);
      return element("tr", {}, element("th", {scope: "row", title: names[row]}, names[row]),
          ...counts.map((count, column) => {
            const cell = element("td", {title: names[row] + " taken for " + names[column] + ": " + count
                + (all > 0 ? " of " + all : "")}, String(count));
            const share = all > 0 ? count / all : 0;
            cell.style.background = "color-mix(in srgb, "
                + (row === column ? "var(--accent)" : "var(--bad)") + " " + Math.round(75 * Math.sqrt(share))
                + "%, transparent)";
            return cell;
          }));
    });
    return element("div", {class: "scroll confusion", tabindex: "0"},
        element("table", {id: "confusion"}, element("thead", {}, head), element("tbody", {}, ...rows)));
  }

  function confusionPicture(test) {
    const size = test.classes.length;
    const canvas = element("canvas", {id: "confusion", class: "heat", width: size, height: size, role: "img",
      "aria-label": "Confusion matrix, classes from above to below, what they were taken for from left to right"});
    const says = element("p", {class: "faint", id: "confusion-cell"},
        "A row for each class, a column for what it was taken for. Point at a cell for its numbers.");
    later(() => {
      const context = canvas.getContext("2d");
      const pixels = context.createImageData(size, size);
      const ink = style("--text");
      const parts = [1, 3, 5].map(at => parseInt(ink.slice(at, at + 2), 16));
      test.confusion.forEach((counts, row) => {
        const all = counts.reduce((a, b) => a + b, 0);
        counts.forEach((count, column) => {
          const at = 4 * (row * size + column);
          pixels.data.set([...parts, all > 0 ? Math.round(255 * Math.sqrt(count / all)) : 0], at);
        });
      });
      context.putImageData(pixels, 0, 0);
    });
    canvas.addEventListener("mousemove", event => {
      const box = canvas.getBoundingClientRect();
      const at = (offset, length) => Math.max(0, Math.min(size - 1, Math.floor(offset / length * size)));
      const row = at(event.clientY - box.top, box.height), column = at(event.clientX - box.left, box.width);
      says.textContent = test.classes[row].name + " taken for " + test.classes[column].name + ": "
          + test.confusion[row][column] + " of " + test.classes[row].support;
    });
    return element("div", {}, canvas, says);
  }

  function confusions(test) {
    const found = [];
    (test.confusion || []).forEach((counts, row) => counts.forEach((count, column) => {
      if (row !== column && count > 0) {
        found.push({is: test.classes[row].name, for: test.classes[column].name, count,
          share: count / test.classes[row].support});
      }
    }));
    found.sort((a, b) => b.count - a.count);
    return found.slice(0, 12);
  }

  function testPart() {
    const test = data.result && data.result.test;
    if (!test) return null;
    const parts = [
      element("p", {}, whole(test.images) + " test images: accuracy " + percent(test.accuracy) + ", among the five likeliest "
          + percent(test.top5_accuracy) + ", mean F1 " + percent(test.macro.f1) + ", loss " + fixed(test.loss, 4)
          + ", calibration error " + percent(test.calibration_error) + "."),
      ...(test.confusion ? [element("h3", {}, "Confusion matrix"),
        test.classes.length <= MOST_CELLS ? confusionTable(test) : confusionPicture(test)] : [])];
    const pairsFound = confusions(test);
    const scores = table("classes", [
      {name: "class", text: true, value: row => row.name},
      {name: "images", value: row => row.support, show: row => whole(row.support)},
      {name: "precision", value: row => row.precision, show: row => percent(row.precision, 1)},
      {name: "recall", value: row => row.recall, show: row => percent(row.recall, 1)},
      {name: "F1", value: row => row.f1, show: row => percent(row.f1, 1)}
    ], test.classes);
    const often = pairsFound.length === 0 ? element("p", {}, "There is not one mistake.")
        : table("confusions", [
          {name: "is", text: true, value: row => row.is},
          {name: "taken for", text: true, value: row => row.for},
          {name: "images", value: row => row.count, show: row => whole(row.count)},
          {name: "of its class", value: row => row.share, show: row => percent(row.share, 1)}
        ], pairsFound);
    parts.push(element("div", {class: "charts", style: "margin-top:1rem"},
        element("div", {class: "chart"}, element("h3", {}, "Every class"), scores),
        test.confusion ? element("div", {class: "chart"}, element("h3", {}, "Most frequent mistakes"), often) : null));
    const surest = picture("mistakes.png");
    if (surest) parts.push(element("h3", {}, "Mistakes that the model was surest of"), surest);
    return parts;
  }

  function timePart() {
    const total = field => data.result ? data.result[field]
        : data.log.reduce((sum, entry) => sum + entry[field], 0);
    const all = PHASES.reduce((sum, [, field]) => sum + total(field), 0);
    const split = table("time-split", [
      {name: "part", text: true, value: row => row.name},
      {name: "what it is", text: true, value: row => row.what},
      {name: "seconds", value: row => row.seconds, show: row => fixed(row.seconds, 1)},
      {name: "share", value: row => row.share, show: row => percent(row.share, 1)}
    ], PHASES.map(([name, field, what]) => ({name, what, seconds: total(field),
      share: all > 0 ? total(field) / all : 0})));
    const now = last();
    return [element("div", {class: "charts"}, timeChart(),
        element("div", {class: "chart"}, element("h3", {}, "Where the time went"), split,
            element("p", {class: "faint"}, "Largest resident size of the process: " + megabytes(now.peak_memory_bytes)
                + ". On " + data.config.platform.device + ", " + data.config.platform.threads
                + (data.config.platform.threads === 1 ? " thread." : " threads."))))];
  }

  function nextPart() {
    if (data.next.length === 0) return null;
    return [element("ol", {class: "next"}, ...data.next.map(step =>
        element("li", {}, step.text, step.command ? element("code", {}, step.command) : null)))];
  }

  function valueText(value) {
    return value === null || value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value);
  }

  function provenancePart() {
    const config = data.config;
    const entries = [["command", element("code", {}, config.command)],
      ["data", config.data.name + ": " + whole(config.data.training_images) + " training, "
          + whole(config.data.validation_images) + " validation, " + whole(config.data.test_images) + " test images "
          + config.data.image_shape + ", " + config.data.class_names.length + " classes"],
      ["where from", config.data.provenance],
      ["model", config.model.name + (data.result ? ", " + whole(data.result.parameters) + " parameters" : "")
          + ", " + config.model.precision],
      ["optimizer", valueText(config.optimizer)],
      ["machine", [config.platform.operating_system, config.platform.processors + " processors", "Java "
          + config.platform.java, "libtorch " + config.platform.libtorch].join(", ")],
      ...Object.entries(config.data.content_hash).map(([name, hash]) => ["SHA-256 of " + name + " images",
        element("code", {}, hash)])];
    const options = Object.entries(config.options);
    return [pairs("provenance", entries),
      element("details", {id: "options"}, element("summary", {}, "All " + options.length + " options"),
          pairs("all-options", options.map(([name, value]) => ["--" + name, valueText(value)]))),
      element("details", {id: "files"}, element("summary", {}, data.files.length + " files in the run folder"),
          pairs("all-files", data.files.map(file => [file.path, file.description])))];
  }

  const PARTS = [["learned", "What was learned", learnedPart],
    ["curves", "Curves", () => [element("div", {class: "charts"}, lossChart(), accuracyChart())]],
    ["images", "Images", imagesPart],
    ["test", "Test images", testPart],
    ["cost", "Time and memory", timePart],
    ["next", "What to do next", nextPart],
    ["run", "The run", provenancePart]];

  function render() {
    const open = new Set([...document.querySelectorAll("details[open]")].map(details => details.id));
    begin();
    document.getElementById("head").replaceChildren(
        element("h1", {}, data.title), element("p", {class: "state", id: "state"}, stateLine()), tiles());
    const shown = data.log.length === 0
        ? [["learned", "What was learned", [element("p", {}, "No epoch has ended yet.")]],
          ["run", "The run", provenancePart()]]
        : PARTS.map(([id, title, make]) => [id, title, make()]).filter(([, , made]) => made !== null);
    show(shown);
    document.querySelectorAll("details").forEach(details => { details.open = open.has(details.id); });
    drawn();
  }

  /* ---- a page that is served looks after itself ---- */

  async function poll() {
    try {
      const answer = await fetch("data.json", {cache: "no-store"});
      if (answer.ok) {
        const text = await answer.json();
        if (text.log.length !== data.log.length || text.state !== data.state) {
          if (text.state === "finished") {
            location.reload();
            return;
          }
          data = Object.assign(text, {live: true, pictures: data.pictures});
          render();
        }
      }
    } catch (error) {
      document.getElementById("state").textContent = stateLine() + " Nothing is served any more.";
    }
    if (data.state === "running") setTimeout(poll, POLL_MILLISECONDS);
  }

  render();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);
  if (data.live && data.state === "running") setTimeout(poll, POLL_MILLISECONDS);
})();
