// Adds sorting and searching; without it everything is on the page already.
(function () {
  "use strict";
  var collator = new Intl.Collator("zh-CN", { numeric: true });
  // A number where the text is one (12, 66.7%, −3, +0.5); a dash is nothing and stays last.
  function value(cell) {
    var text = cell.textContent.trim();
    if (text === "" || text === "—") return null;
    var plain = text.replace("−", "-").replace(/%$/, "");
    return /^[+-]?\d+(\.\d+)?$/.test(plain) ? parseFloat(plain) : text;
  }
  function compare(left, right, sign) {
    if (left === null || right === null) return (left === null) - (right === null);
    if (typeof left === "number" && typeof right === "number") return sign * (left - right);
    return sign * collator.compare(String(left), String(right));
  }
  document.querySelectorAll("[data-tools] table").forEach(function (table) {
    var body = table.tBodies[0];
    var heads = Array.from(table.tHead.rows[0].cells);
    var rows = Array.from(body.rows);
    heads.forEach(function (head, index) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        // Numbers begin with the largest, words with the first; 名次 is best at 1.
        var downFirst = head.hasAttribute("data-figure") && head.dataset.figure !== "rank";
        var now = head.getAttribute("aria-sort");
        var next = now === "none" ? (downFirst ? "descending" : "ascending") : now === "ascending" ? "descending" : "ascending";
        heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
        head.setAttribute("aria-sort", next);
        var sign = next === "ascending" ? 1 : -1;
        var keyed = rows.map(function (row, place) { return { row: row, place: place, value: value(row.cells[index]) }; });
        keyed.sort(function (left, right) { return compare(left.value, right.value, sign) || left.place - right.place; });
        body.append.apply(body, keyed.map(function (entry) { return entry.row; }));
      });
    });
    var card = table.closest("[data-tools]");
    var tools = document.createElement("div");
    var label = document.createElement("label");
    var input = document.createElement("input");
    var count = document.createElement("output");
    tools.className = "tools";
    tools.setAttribute("role", "search");
    input.type = "search";
    input.autocomplete = "off";
    input.placeholder = "输入" + card.dataset.tools;
    label.append("查找", input);
    tools.append(label, count);
    card.prepend(tools);
    var texts = rows.map(function (row) { return row.textContent.toLowerCase(); });
    function search() {
      var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, index) {
        var found = words.every(function (word) { return texts[index].includes(word); });
        row.hidden = !found;
        if (found) shown += 1;
      });
      count.textContent = words.length ? "找到 " + shown + " 行，共 " + rows.length + " 行" : "共 " + rows.length + " 行";
    }
    input.addEventListener("input", search);
    search();
  });
})();
