package workspace

import (
	"strings"
	"unicode/utf8"
)

// Mask hides a personal value but leaves enough to tell two apart at a glance:
// the first character, and of an e-mail address its domain. kind is the name of
// the column or the kind of identity; a customer id is shown as it is.
func Mask(kind, value string) string {
	if value == "" || kind == "customer id" || kind == "customer_id" {
		return value
	}
	first, _ := utf8.DecodeRuneInString(value)
	if at := strings.LastIndexByte(value, '@'); at > 0 && (kind == "email" || kind == "e-mail") {
		return string(first) + "***" + value[at:]
	}
	return string(first) + "***"
}
