package workspace

import (
	"strconv"
	"strings"
	"time"
)

// orderRow writes one of many orders: id, customer, day and total.
func orderRow(i int) string {
	at := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%1000)
	return strconv.Itoa(1_000_000+i) + ",k" + strconv.Itoa(i%(1+i/7+3)) + "," + at.Format(time.DateOnly) + "," + strconv.Itoa(i%97) + ".50"
}

func manyOrders(n int) string {
	var b strings.Builder
	b.WriteString(plainHeader + "\n")
	for i := range n {
		b.WriteString(orderRow(i) + "\n")
	}
	return b.String()
}
