package report

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// Member is one named value of an object.
type Member struct {
	Name  string
	Value any
}

// Object is a JSON object whose members keep their order. Values are plain
// cells, pointers to them, structs with json tags, slices of any of these,
// Objects, and tabular.Tables, which become arrays of rows.
type Object []Member

// Row returns the first row of t as an Object in column order; empty if there
// is none.
func Row(t tabular.Table) Object {
	if len(t.Rows) == 0 {
		return Object{}
	}
	return rowObject(uniqueNames(t.Columns), t.Columns, t.Rows[0])
}

// rowObject names the cells of a row. Dates become text here, where their
// column's kind is known.
func rowObject(names []string, columns []tabular.Column, row []any) Object {
	o := make(Object, len(row))
	for i, cell := range row {
		o[i] = Member{names[i], json.RawMessage(appendCell(nil, cell, columns[i].Kind))}
	}
	return o
}

// WriteObject writes v, anything an Object may hold, as indented JSON with
// unrounded numbers. Nil slices are empty arrays and missing numbers null. It
// returns an error when out fails or v holds something that is no plain value.
func WriteObject(out io.Writer, v any) error {
	dense, err := appendValue(nil, reflect.ValueOf(v))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, dense, "", "  "); err != nil {
		return i18n.Errorf("the JSON of this answer is not valid: %v", err)
	}
	b.WriteByte('\n')
	return writeBytes(out, b.Bytes())
}

// appendValue appends any value an Object may hold.
func appendValue(dst []byte, v reflect.Value) ([]byte, error) {
	if !v.IsValid() {
		return append(dst, "null"...), nil
	}
	switch x := v.Interface().(type) {
	case json.RawMessage:
		return append(dst, x...), nil
	case tabular.Decimal:
		return append(dst, x.String()...), nil
	case Object:
		return appendObject(dst, x)
	case tabular.Table:
		return appendTable(dst, x)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return appendValue(dst, v.Elem())
	case reflect.String:
		return appendText(dst, v.String()), nil
	case reflect.Bool:
		return strconv.AppendBool(dst, v.Bool()), nil
	case reflect.Int, reflect.Int64, reflect.Int32:
		return strconv.AppendInt(dst, v.Int(), 10), nil
	case reflect.Float64:
		return appendFloat(dst, v.Float()), nil
	case reflect.Slice:
		return appendSlice(dst, v)
	case reflect.Struct:
		return appendObject(dst, structObject(v))
	default:
		return nil, i18n.Errorf("a value of type %s cannot be written as JSON", v.Type().String())
	}
}

func appendObject(dst []byte, o Object) ([]byte, error) {
	dst = append(dst, '{')
	for i, m := range o {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, m.Name), ':')
		var err error
		if dst, err = appendValue(dst, reflect.ValueOf(m.Value)); err != nil {
			return nil, err
		}
	}
	return append(dst, '}'), nil
}

func appendTable(dst []byte, t tabular.Table) ([]byte, error) {
	names := uniqueNames(t.Columns)
	dst = append(dst, '[')
	for i, row := range t.Rows {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = appendObject(dst, rowObject(names, t.Columns, row)); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

func appendSlice(dst []byte, v reflect.Value) ([]byte, error) {
	dst = append(dst, '[')
	for i := range v.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		var err error
		if dst, err = appendValue(dst, v.Index(i)); err != nil {
			return nil, err
		}
	}
	return append(dst, ']'), nil
}

// structObject returns the exported fields of a struct that have a json name,
// in their order; those marked omitempty only when they are not empty.
func structObject(v reflect.Value) Object {
	var o Object
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" || options == "omitempty" && isEmpty(v.Field(i)) {
			continue
		}
		o = append(o, Member{name, v.Field(i).Interface()})
	}
	return o
}

// isEmpty is what encoding/json means by omitempty.
func isEmpty(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}
