package decode

import (
	"slices"
	"strconv"
	"strings"

	"worth/internal/i18n"
)

// dictionaryWords are the column names of a sheet that describes columns, and
// asideNames what sheets beside the data are called.
var (
	dictionaryWords = []string{
		"field", "field name", "variable", "variable name", "attribute", "column", "column name", "name", "type", "data type", "format", "length",
		"description", "definition", "meaning", "explanation", "comment", "comments", "note", "notes", "example", "values", "required",
		"字段", "字段名", "字段名称", "列名", "名称", "变量", "变量名", "类型", "数据类型", "长度", "说明", "字段说明", "描述", "含义", "定义", "解释", "备注", "示例", "取值", "是否必填",
	}
	asideNames = []string{
		"dictionary", "readme", "read me", "notes", "info", "about", "legend", "definitions", "metadata", "cover", "contents", "pivot", "summary", "chart",
		"字典", "说明", "目录", "封面", "汇总", "透视", "图表", "备注", "示例", "填写",
	}
)

// propose chooses sheets: the one asked for, or the likeliest and those with the
// same header. tops are the first rows of every sheet.
func propose(title string, sheets []Sheet, tops [][][]string, asked string) (chosen []int, evidence []string, err error) {
	for i := range sheets {
		sheets[i].Dictionary = isDictionary(sheets[i], tops[i])
	}
	if asked != "" {
		i, err := findSheet(title, sheets, asked)
		if err != nil {
			return nil, nil, err
		}
		return []int{i}, []string{i18n.T("sheet %q, as told", sheets[i].Name)}, nil
	}
	best := 0
	for i := range sheets {
		if weight(sheets[i]) > weight(sheets[best]) {
			best = i
		}
	}
	if sheets[best].Rows == 0 {
		return nil, nil, i18n.Errorf("%s: every sheet of the workbook is empty; export it again", title)
	}
	header := headerOf(tops[best])
	for i := range sheets {
		if i == best || sheets[i].Rows > 1 && !sheets[i].Hidden && len(header) > 1 && slices.Equal(headerOf(tops[i]), header) {
			chosen = append(chosen, i)
		}
	}
	return chosen, explain(sheets, chosen), nil
}

// explain says which sheets were chosen and what became of the others.
func explain(sheets []Sheet, chosen []int) []string {
	var out []string
	if len(chosen) > 1 {
		out = append(out, i18n.T("%d sheet{s} of the workbook {has|have} the same header; all of them are read", len(chosen)))
	}
	for i, s := range sheets {
		size := i18n.T("%d row{s} × %d column{s}", s.Rows, s.Columns)
		switch {
		case slices.Contains(chosen, i):
			out = append(out, i18n.T("sheet %q is read: %s", s.Name, size))
		case s.Rows == 0:
			out = append(out, i18n.T("sheet %q is empty", s.Name))
		case s.Dictionary:
			out = append(out, i18n.T("sheet %q describes columns and is left aside: %s", s.Name, size))
		default:
			out = append(out, i18n.T("sheet %q is left aside: %s; choose it with --sheet", s.Name, size))
		}
	}
	return out
}

// weight orders sheets by how likely they are the data.
func weight(s Sheet) float64 {
	const aside = 0.01
	w := float64(s.Rows) * float64(min(s.Columns, 60))
	if s.Columns < 2 {
		w *= aside
	}
	if s.Dictionary {
		w *= aside * aside
	}
	if s.Hidden || namedAside(s.Name) {
		w *= aside
	}
	return w
}

func namedAside(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(asideNames, func(word string) bool { return strings.Contains(name, word) })
}

// isDictionary recognises a sheet that describes columns by its header, in the
// first rows: at least two of its few columns are called as such sheets call them.
func isDictionary(s Sheet, top [][]string) bool {
	const widest, looked, longest = 9, 5, 2000
	if s.Columns < 2 || s.Columns > widest || s.Rows > longest {
		return false
	}
	for _, row := range top[:min(len(top), looked)] {
		known, filled := 0, 0
		for _, cell := range row {
			cell = strings.ToLower(strings.TrimSpace(cell))
			if cell == "" {
				continue
			}
			filled++
			if slices.Contains(dictionaryWords, cell) {
				known++
			}
		}
		if known >= 2 && known*2 >= filled {
			return true
		}
	}
	return false
}

// headerOf returns the first row with more than one cell in it.
func headerOf(top [][]string) []string {
	for _, row := range top {
		filled := 0
		for _, cell := range row {
			if strings.TrimSpace(cell) != "" {
				filled++
			}
		}
		if filled > 1 {
			return row
		}
	}
	return nil
}

// findSheet finds a sheet by name, without regard to case, or by number.
func findSheet(title string, sheets []Sheet, asked string) (int, error) {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		if strings.EqualFold(strings.TrimSpace(s.Name), strings.TrimSpace(asked)) {
			return i, nil
		}
		names[i] = s.Name
	}
	if n, err := strconv.Atoi(strings.TrimSpace(asked)); err == nil && n >= 1 && n <= len(sheets) {
		return n - 1, nil
	}
	return 0, i18n.Errorf("%s: there is no sheet %q; choose one of %s with --sheet", title, asked, strings.Join(names, ", "))
}
