package workspace
import "testing"
func TestZZ(t *testing.T){ w := inMemory(t)
	apply(t, w, Settings{AsOf: day(t, "1997-09-30")})
	r:=loadAs(t, w, LoadRequest{Sources: []string{public(t, "CDNOW_sample.txt")}, Map: map[string]string{"customer_id": "#2"}})
	t.Logf("%+v",r)
	for _,l:=range rows(t,w,"select * from core.orders limit 3") {t.Log(l)}
	for _,l:=range rows(t,w,"select * from derived.settings limit 3") {t.Log(l)}
	for _,l:=range rows(t,w,"select * from derived.customers limit 3") {t.Log(l)}
	w=inMemory(t)
	load(t,w,public(t,"products.csv"))
	for _,l:=range rows(t,w,"select * from raw.rejects limit 3") {t.Log(l)}
}
