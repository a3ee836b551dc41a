package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// show writes a mapping as field=column pairs in a stable order.
func show(s *Source, m Mapping) string {
	var out []string
	for _, f := range m.Fields() {
		out = append(out, string(f)+"="+s.Columns[m[f]])
	}
	return strings.Join(out, " ")
}

// Real headers over invented rows. want lists the fields that matter; fields
// named with an empty column must stay unmapped.
func TestRecogniseRealHeaders(t *testing.T) {
	tests := []struct {
		name, text string
		kind       Kind
		revenue    RevenueRule
		want       string
	}{
		{
			"online retail", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
				"900001,P1,BLUE MUG,6,12/1/2010 8:26,2.55,77001.0,Utopia\nC900002,P2,RED MUG,-1,12/13/2010 9:00,4.65,,Utopia\n",
			Orders, RevenuePrice,
			"order_id=InvoiceNo sku=StockCode product=Description quantity=Quantity ordered_at=InvoiceDate price=UnitPrice customer_id=CustomerID country=Country",
		},
		{
			"online retail II", "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n900001,P1,BLUE MUG,6,2009-12-01 07:45:00,2.55,77001,Utopia\n",
			Orders, RevenuePrice, "order_id=Invoice price=Price customer_id=Customer_ID",
		},
		{
			"CDNOW", " customer_id  date number_of_cds  dollar_value\n 90001 19970101  1   11.77\n 90002 19970112  1   12.00\n",
			Orders, RevenueAmount, "customer_id=customer_id ordered_at=date quantity=number_of_cds amount=dollar_value order_id=",
		},
		{
			"CDNOW without header", " 90001 19970101  1   11.77\n 90002 19970112  1   12.00\n",
			Orders, RevenueAmount, "customer_id=column_1 ordered_at=column_2 quantity=column_3 amount=column_4",
		},
		{
			"CDNOW sample", " 90004 0001 19970101  2   29.33\n 90004 0001 19970118  2   29.73\n 90021 0002 19970101  3   63.34\n",
			Orders, RevenueAmount, "customer_id=column_1 ordered_at=column_3 quantity=column_4 amount=column_5",
		},
		{
			"panel transactions", "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,transaction_timestamp\n" +
				"\"9001\",\"309\",\"91625220889\",\"840996\",1,3.86,0.43,0,0,5,2017-01-28 14:06:53\n",
			Orders, RevenueLine,
			"customer_id=household_id shop=store_id order_id=basket_id sku=product_id quantity=quantity line_amount=sales_value ordered_at=transaction_timestamp price= discount=",
		},
		{"panel campaigns", "campaign_id,household_id\n1,105\n", CampaignMembers, "", "campaign_id=campaign_id customer_id=household_id"},
		{
			"panel campaign descriptions", "campaign_id,campaign_type,start_date,end_date\n1,Type B,2017-03-03,2017-04-09\n",
			Campaigns, "", "campaign_id=campaign_id campaign_type=campaign_type from=start_date to=end_date",
		},
		{
			"panel products", "product_id,manufacturer_id,department,brand,product_category,product_type,package_size\n1,2,GROCERY,Own,ICE,ICE CUBED,22 LB\n",
			Products, "", "sku=product_id category=product_category brand=brand",
		},
		{"panel demographics", "household_id,age,income,home_ownership,kids_count\n1,65+,35-49K,Homeowner,0\n", Customers, "", "customer_id=household_id"},
		{
			"panel redemptions", "household_id,coupon_upc,campaign_id,redemption_date\n1,51380041013,26,2017-01-01\n",
			Interactions, "", "customer_id=household_id target=coupon_upc at=redemption_date",
		},
		{
			"Shopify", "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Shipping Country,Refunded Amount,Id,Tags,Source,Lineitem discount\n" +
				"#1001,ann@example.com,paid,2026-05-14 11:23:45 +0100,fulfilled,EUR,90.00,5.00,0.00,95.00,SPRING,10.00,2026-05-14 11:23:40 +0100,1,Mug,100.00,M-1,Ann Example,IE,0.00,1,,web,0.00\n",
			Orders, RevenueTaxed,
			"order_id=Name email=Email status=Financial_Status ordered_at=Created_at paid_at=Paid_at subtotal=Subtotal total=Total coupon=Discount_Code sku=Lineitem_sku gross= channel=Source",
		},
		{
			"shop", "Order ID,Customer ID,Order Date,Status,Sales Channel,Coupon Code,Currency,Subtotal,Discount,Shipping,Tax,Total,Refunded Amount,Shipping Country\n" +
				"1,c-1,2026-01-02 09:20:31,completed,app,,EUR,100.00,10.00,5.00,18.00,113.00,0.00,FR\n",
			Orders, RevenueGross,
			"order_id=Order_ID customer_id=Customer_ID ordered_at=Order_Date status=Status channel=Sales_Channel coupon=Coupon_Code currency=Currency gross=Subtotal discount=Discount shipping=Shipping tax=Tax total=Total refund=Refunded_Amount country=Shipping_Country subtotal=",
		},
		{
			"shop with net subtotal", "Order ID,Customer ID,Order Date,Subtotal,Discount,Shipping,Tax,Total\n1,c-1,2026-01-02,90.00,10.00,5.00,18.00,113.00\n2,c-1,2026-01-03,50.00,0.00,5.00,10.00,65.00\n",
			Orders, RevenueSubtotal, "subtotal=Subtotal gross=",
		},
		{
			"till", "订单号\t会员号\t下单时间\t实付金额\t门店\t订单状态\nT1\tM1\t2026-01-01 19:58:38\t60.61\t柏林店\t交易完成\n",
			Orders, RevenueTotal, "order_id=订单号 customer_id=会员号 ordered_at=下单时间 total=实付金额 shop=门店 status=订单状态",
		},
		{
			"有赞", "订单号,销售渠道,归属店铺,订单状态,订单创建时间,买家付款时间,商品金额合计,运费,店铺优惠合计,应收订单金额,订单实付金额,订单实收金额,买家昵称,买家手机号,订单已退款金额,分销员,分销员手机号,分销员\n" +
				"E1,网店,一店,交易完成,2026-01-02 10:00:00,2026-01-02 10:01:00,100,5,10,95,95,95,小明,18600000005,0,,18600000006,\n",
			Orders, RevenueTotal,
			"order_id=订单号 ordered_at=订单创建时间 paid_at=买家付款时间 gross=商品金额合计 total=订单实收金额 net_revenue= phone=买家手机号 refund=订单已退款金额 referrer=分销员手机号 customer_id=",
		},
		{
			"淘宝", "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,收货地址 ,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝总数量,店铺名称\n" +
				"1,小明,,90,5,95,95,交易成功,某地,,'18600000005,2026-01-02 10:00:00,2026-01-02 10:01:00,杯子,1,一店\n",
			Orders, RevenueTotal,
			"order_id=订单编号 customer_id=买家会员名 total=买家实际支付金额 status=订单状态 ordered_at=订单创建时间 paid_at=订单付款时间 phone=联系手机 shop=店铺名称",
		},
		{
			"京东", "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,应付金额,订单状态,下单帐号,客户姓名,运费金额\n1,9,杯子,1,在线,2026-01-02 10:00:00,90,95,95,95,完成,jd_x,小明,5\n",
			Orders, RevenueTotal, "order_id=订单号 customer_id=下单帐号 ordered_at=下单时间 shipping=运费金额 status=订单状态",
		},
		{
			"拼多多", "订单成交时间,商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),用户实付金额(元),商家实收金额(元),商品数量(件),商品id\n2026-01-02 10:00:00,杯子,1,已发货，待签收,100,5,10,95,95,1,9\n",
			Orders, RevenueNet, "ordered_at=订单成交时间 order_id=订单号 gross=商品总价(元) shipping=邮费(元) discount=店铺优惠折扣(元) total=用户实付金额(元) net_revenue=商家实收金额(元) customer_id=",
		},
		{
			"微信小店", "订单号,订单下单时间,订单状态,收件人姓名,收件人手机,商品总价,订单实际支付金额,订单实际收款金额,订单运费,支付时间,商品名称,商品数量,商品已退款金额\n1,2026-01-02 10:00:00,已完成,小明,18600000005,100,95,95,5,2026-01-02 10:01:00,杯子,1,0\n",
			Orders, RevenueNet, "order_id=订单号 ordered_at=订单下单时间 total=订单实际支付金额 phone=收件人手机 refund=商品已退款金额",
		},
		{
			"抖店", "主订单编号,子订单编号,选购商品,商品数量,商家编码,订单应付金额,运费,收件人,订单提交时间,订单状态\n1,11,杯子,1,K1,95,5,##x,2026-01-02 10:00:00,已完成\n",
			Orders, RevenueTotal, "order_id=主订单编号 ordered_at=订单提交时间 total=订单应付金额 shipping=运费 customer_id=",
		},
		{
			"German shop", "Bestellnummer;Kundennummer;Bestelldatum;Gesamtbetrag;Status\n1;K1;14.06.2019;1.234,56;bezahlt\n2;K2;15.06.2019;9,90;bezahlt\n",
			Orders, RevenueTotal, "order_id=Bestellnummer customer_id=Kundennummer ordered_at=Bestelldatum total=Gesamtbetrag status=Status",
		},
		{
			"order lines", "Order ID,SKU,Product Name,Category,Quantity,Unit Price,Line Discount,Unit Cost\n1,M-1,Mug,Mugs,1,50.60,1.89,26.81\n",
			OrderLines, RevenuePrice, "order_id=Order_ID sku=SKU quantity=Quantity price=Unit_Price line_discount=Line_Discount line_cost=Unit_Cost",
		},
		{
			"customers", "Customer ID,First Name,Last Name,Email,Phone,Gender,Birth Date,City,Country,Registered At,Tags,Referred By,Member No\nc-1,Ann,Example,ann@example.com,,female,1974-10-19,Bonn,Germany,2023-11-03,news,,\n",
			Customers, "", "customer_id=Customer_ID first_name=First_Name birth=Birth_Date registered_at=Registered_At referrer=Referred_By member_no=Member_No",
		},
		{
			"referrals", "Referrer Customer ID,Referred Customer ID,Referral Date,Status,Reward\nc-1,c-2,2023-11-29,completed,10.00\n",
			Referrals, "", "referrer_id=Referrer_Customer_ID referred_id=Referred_Customer_ID at=Referral_Date reward=Reward",
		},
		{"refunds", "Order ID,Refund Date,Refund Amount,Reason\n1,2026-01-09,5.00,broken\n", Refunds, "", "order_id=Order_ID refunded_at=Refund_Date refund=Refund_Amount reason=Reason"},
		{"spend", "Channel,From,To,Amount,Currency\nweb,2023-11-01,2023-11-30,298.79,EUR\n", Spend, "", "channel=Channel from=From to=To spend_amount=Amount"},
		{"interactions", "Customer ID,Date,Kind,Target,Value\nc-1,2023-11-01,view,K-1,31\n", Interactions, "", "customer_id=Customer_ID at=Date action=Kind target=Target value=Value"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.text)
			r, err := Recognise(s, Hints{})
			if err != nil || r.Kind != tt.kind || r.Revenue != tt.revenue || !r.Ready() {
				t.Errorf("kind %s, revenue %s, missing %v, questions %+v, %v", r.Kind, r.Revenue, r.Missing, r.Questions, err)
			}
			for _, pair := range strings.Fields(tt.want) {
				field, column, _ := strings.Cut(pair, "=")
				i, mapped := r.Mapping[Field(field)]
				if mapped != (column != "") || mapped && strings.ReplaceAll(s.Columns[i], " ", "_") != column {
					t.Errorf("want %s in: %s", pair, show(s, r.Mapping))
				}
			}
			if len(r.Mapping)+len(r.Unmapped) < len(s.Columns) {
				t.Errorf("%d fields and %d unmapped columns of %d", len(r.Mapping), len(r.Unmapped), len(s.Columns))
			}
		})
	}
}

func TestRecogniseAsksInsteadOfGuessing(t *testing.T) {
	tests := []struct {
		name, text string
		field      Field
		required   bool
		candidates []string
	}{
		{"no date", "customer_id,order_id,total\n1,2,3.50\n2,3,4.50\n", OrderedAt, true, nil},
		{"oddly named date", "customer_id,order_id,total,zeit\n1,2,3.50,2026-01-02\n2,3,4,2026-01-03\n", OrderedAt, true, []string{"zeit"}},
		{"no customer", "order_id,order date,total,who\n2,2026-01-02,3.50,x\n3,2026-01-03,4.50,y\n", CustomerID, false, []string{"who"}},
		{"no amount", "customer_id,order date,kosten\n1,2026-01-02,3.50\n2,2026-01-03,4.50\n", Amount, false, []string{"kosten"}},
		{"two dates", "customer_id,date,created at,total\n1,2026-01-02,2026-01-01,3.50\n", OrderedAt, false, []string{"created at", "date"}},
		{"a date that is none", "customer_id,order date,total\n1,soon,3.50\n2,later,4.50\n", OrderedAt, true, []string{}},
		{"no header", "anna,2026-01-02,2026-01-03,x\nbert,2026-01-02,2026-01-04,y\n", OrderedAt, true, []string{"column_2", "column_3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := inspect(t, tt.text)
			r, err := Recognise(s, Hints{})
			if err != nil || r.Kind != Orders || r.Ready() == tt.required {
				t.Fatalf("kind %s, ready %v, %v", r.Kind, r.Ready(), err)
			}
			i := slices.IndexFunc(r.Questions, func(q Question) bool { return q.Field == tt.field })
			if i < 0 || r.Questions[i].Required != tt.required || r.Questions[i].Reason == "" {
				t.Fatalf("questions %+v", r.Questions)
			}
			var names []string
			for _, c := range r.Questions[i].Candidates {
				names = append(names, s.Columns[c])
			}
			if !slices.Equal(names, tt.candidates) && len(names)+len(tt.candidates) > 0 {
				t.Errorf("candidates %q, want %q", names, tt.candidates)
			}
		})
	}
}

func TestOverridesOutrankNames(t *testing.T) {
	s := inspect(t, " 90004 0001 19970101  2   29.33\n 90004 0001 19970118  2   29.73\n")
	o, err := ParseMap("customer_id=#2,ordered_at=#3,amount=#5")
	if err != nil {
		t.Fatal(err)
	}
	r, err := Recognise(s, Hints{Overrides: o})
	if err != nil || show(s, r.Mapping) != "amount=column_5 customer_id=column_2 ordered_at=column_3 quantity=column_4" || !r.Ready() {
		t.Errorf("%s, %v", show(s, r.Mapping), err)
	}
	// What is not given is still recognised by what the columns hold.
	r, err = Recognise(s, Hints{Overrides: Overrides{Columns: map[Field]string{CustomerID: "#2", Quantity: ""}}})
	if err != nil || show(s, r.Mapping) != "amount=column_5 customer_id=column_2 ordered_at=column_3" || r.Kind != Orders {
		t.Errorf("%s, %s, %v", r.Kind, show(s, r.Mapping), err)
	}
	s = inspect(t, "Order ID,Customer ID,Order Date,Total,Kunde\n1,c-1,03/04/2026,5,k-1\n2,c-2,04/04/2026,6,k-2\n")
	o, err = ParseMap("customer_id=Kunde,order_id=,city=Total,coupon=Nowhere")
	if err != nil {
		t.Fatal(err)
	}
	r, err = Recognise(s, Hints{Overrides: o, DateOrder: MDY})
	if err != nil || show(s, r.Mapping) != "customer_id=Kunde ordered_at=Order Date total=Total" || r.Confidence[CustomerID] != Given {
		t.Errorf("%s, %v", show(s, r.Mapping), err)
	}
	if d := r.Dates[OrderedAt]; d.Order != MDY || d.Ambiguous {
		t.Errorf("the given date order is not taken: %+v", d)
	}
	if !slices.ContainsFunc(r.Warnings, func(w string) bool { return strings.Contains(w, "city") }) {
		t.Errorf("a field of another kind passes without a word: %q", r.Warnings)
	}
}

func TestRecogniseNeedsColumns(t *testing.T) {
	if _, err := Recognise(&Source{Original: "x.parquet", Container: Parquet}, Hints{}); err == nil {
		t.Error("a source without columns was recognised")
	}
}

// The public data sets, where WORTH_DATA says they are.
func TestRecognisePublicData(t *testing.T) {
	dir := os.Getenv("WORTH_DATA")
	if dir == "" {
		t.Skip("WORTH_DATA names no folder with the public data sets")
	}
	for name, want := range map[string]string{
		"CDNOW_master.txt":          "orders amount=dollar_value customer_id=customer_id ordered_at=date quantity=number_of_cds",
		"CDNOW_sample.txt":          "orders amount=column_5 customer_id=column_1 ordered_at=column_3 quantity=column_4",
		"transactions_sample.csv":   "orders customer_id=household_id line_amount=sales_value order_id=basket_id ordered_at=transaction_timestamp quantity=quantity shop=store_id sku=product_id",
		"campaigns.csv":             "campaign_members campaign_id=campaign_id customer_id=household_id",
		"campaign_descriptions.csv": "campaigns campaign_id=campaign_id campaign_type=campaign_type from=start_date to=end_date",
		"coupon_redemptions.csv":    "interactions at=redemption_date campaign_id=campaign_id customer_id=household_id target=coupon_upc",
		"demographics.csv":          "customers customer_id=household_id",
		"products.csv":              "products brand=brand category=product_category product=product_type sku=product_id",
	} {
		s, err := Inspect(t.Context(), filepath.Join(dir, name), Options{TempDir: t.TempDir()})
		if err != nil {
			t.Error(err)
			continue
		}
		r, err := Recognise(s, Hints{})
		if got := string(r.Kind) + " " + show(s, r.Mapping); err != nil || got != want || !r.Ready() {
			t.Errorf("%s: %s, %v; want %s", name, got, err, want)
		}
	}
}
