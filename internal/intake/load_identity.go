package intake

import (
	"context"
	"strings"
)

// recipientWords stand in the headings of columns about whom an order is sent to,
// who need not be whoever pays.
var recipientWords = []string{"收件", "收货", "收貨", "联系", "聯絡", "ship", "deliver", "recipient"}

// orderKeys reads by which keys beside the id an orders file knows its customers:
// e-mail address, phone, member number. Files that have none are not read again.
func (l *loader) orderKeys(ctx context.Context, r *FileReport) error {
	if r.Recognition.Customer == "" {
		return nil
	}
	call := l.reading(r, "load/order_keys")
	more := false
	for _, f := range []Field{Email, Phone, MemberNo} {
		position, mapped := r.Recognition.Mapping[f]
		if !mapped {
			continue
		}
		if f == r.Recognition.Customer || f == Phone && ofRecipient(heading(r.Source, position)) {
			call.Idents[string(f)] = absent
			continue
		}
		more = true
	}
	if !more {
		return nil
	}
	l.keyed = true
	return l.exec(ctx, call)
}

func ofRecipient(heading string) bool {
	for _, word := range recipientWords {
		if strings.Contains(strings.ToLower(heading), word) {
			return true
		}
	}
	return false
}
