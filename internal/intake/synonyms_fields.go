package intake

// Field is a canonical column: what a column of a file can mean. Its type,
// level and description are in synonyms/fields.yaml.
type Field string

// The fields of orders files.
const (
	OrderID    Field = "order_id"
	CustomerID Field = "customer_id"
	OrderedAt  Field = "ordered_at"
	PaidAt     Field = "paid_at"
	Status     Field = "status"
	AfterSales Field = "after_sales"
	Platform   Field = "platform"
	Shop       Field = "shop"
	Channel    Field = "channel"
	Campaign   Field = "campaign"
	Coupon     Field = "coupon"
	Currency   Field = "currency"
	Points     Field = "points"
	Region     Field = "region"
	Country    Field = "country"
	Referrer   Field = "referrer"

	Gross      Field = "gross"
	Subtotal   Field = "subtotal"
	Discount   Field = "discount"
	Shipping   Field = "shipping"
	Tax        Field = "tax"
	Total      Field = "total"
	Refund     Field = "refund"
	NetRevenue Field = "net_revenue"
	Amount     Field = "amount"
	Cost       Field = "cost"

	SKU          Field = "sku"
	Product      Field = "product"
	Category     Field = "category"
	Brand        Field = "brand"
	Quantity     Field = "quantity"
	Price        Field = "price"
	LineAmount   Field = "line_amount"
	LineDiscount Field = "line_discount"
	LineCost     Field = "line_cost"
)

// The fields of persons, in customers and orders files.
const (
	Name         Field = "name"
	FirstName    Field = "first_name"
	LastName     Field = "last_name"
	Email        Field = "email"
	Phone        Field = "phone"
	MemberNo     Field = "member_no"
	ReferralCode Field = "referral_code"
	AliasID      Field = "alias_id"
	Gender       Field = "gender"
	Birth        Field = "birth"
	City         Field = "city"
	RegisteredAt Field = "registered_at"
	Tags         Field = "tags"
)

// The fields of the other kinds.
const (
	UnitCost     Field = "unit_cost"
	RefundedAt   Field = "refunded_at"
	RefundID     Field = "refund_id"
	Reason       Field = "reason"
	ReferrerID   Field = "referrer_id"
	ReferredID   Field = "referred_id"
	At           Field = "at"
	Reward       Field = "reward"
	ReferralKind Field = "referral_kind"
	Evidence     Field = "evidence"
	Action       Field = "action"
	Target       Field = "target"
	Value        Field = "value"
	From         Field = "from"
	To           Field = "to"
	SpendAmount  Field = "spend_amount"
	CampaignID   Field = "campaign_id"
	CampaignName Field = "campaign_name"
	CampaignType Field = "campaign_type"
	CampaignCost Field = "campaign_cost"
	Arm          Field = "arm"
	ContactCost  Field = "contact_cost"
)
