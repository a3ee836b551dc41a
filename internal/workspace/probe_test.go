package workspace

import ("testing";"context";"fmt";"os";"time";"encoding/json")

func TestProbe(t *testing.T){
 src:=os.Getenv("SRC"); if src=="" {t.Skip()}
 ctx:=context.Background()
 w,err:=Open(ctx,os.Getenv("WS"),Options{Create:true}); if err!=nil {t.Fatal(err)}
 t0:=time.Now()
 rep,err:=w.Load(ctx,LoadRequest{Sources:[]string{src}},func(p Progress){ if os.Getenv("V")!="" {fmt.Printf("%.2f %s %s\n",p.Share,p.Step,p.File)}})
 fmt.Println("load",time.Since(t0)); if err!=nil {t.Fatal(err)}
 b,_:=json.MarshalIndent(rep,""," "); if len(b)>6000 {b=b[:6000]}; fmt.Println(string(b))
 o,err:=w.Overview(ctx); b,_=json.Marshal(o); fmt.Println(string(b),err)
 s,err:=w.Segments(ctx); for _,x:=range s {b,_=json.Marshal(x); fmt.Println(string(b))}; fmt.Println(err)
 r,err:=w.Customers(ctx,View{Filter:"orders >= 3 and segment = Champions",Sort:"aov"}); if err!=nil {t.Fatal(err)}
 fmt.Println(r.Len()); pg,err:=r.Page(ctx,0,2); fmt.Println(pg,err)
 if err:=w.Close(); err!=nil {t.Fatal(err)}
}
