package demo

// country is where customers live. The tax is on top of prices.
type country struct {
	code, name string
	taxPercent int
	culture    int // the names most people there have
	cities     []string
}

// Cultures index the names.
const (
	german = iota
	french
	iberian
	italian
	english
	arabic
	chinese
	japanese
	korean
)

var countries = [...]country{
	{"DE", "Germany", 19, german, []string{"Berlin", "Hamburg", "Köln", "Leipzig", "München", "Stuttgart"}},
	{"FR", "France", 20, french, []string{"Paris", "Lyon", "Nantes", "Strasbourg", "Toulouse"}},
	{"IT", "Italy", 22, italian, []string{"Milano", "Torino", "Bologna", "Roma"}},
	{"ES", "Spain", 21, iberian, []string{"Madrid", "Valencia", "Sevilla", "A Coruña"}},
	{"NL", "Netherlands", 21, german, []string{"Amsterdam", "Utrecht", "Rotterdam"}},
	{"AT", "Austria", 20, german, []string{"Wien", "Graz", "Linz"}},
	{"IE", "Ireland", 23, english, []string{"Dublin", "Cork", "Galway"}},
	{"BE", "Belgium", 21, french, []string{"Bruxelles", "Gent", "Liège"}},
	{"PT", "Portugal", 23, iberian, []string{"Lisboa", "Porto", "Braga"}},
	{"JP", "Japan", 10, japanese, []string{"東京", "京都", "大阪"}},
	{"CN", "China", 13, chinese, []string{"上海", "杭州", "成都", "广州"}},
	{"KR", "South Korea", 10, korean, []string{"서울", "부산"}},
}

var countryCum = runningTotal([]int{34, 15, 9, 8, 9, 7, 5, 4, 3, 2, 3, 1})

// name is a name as written and as it goes into an e-mail address.
type name struct{ written, ascii string }

// names are one culture's first names, of women, of men, and last names.
type names struct{ women, men, last []name }

// plain are names that need no other spelling for an e-mail.
func plain(written ...string) []name {
	all := make([]name, len(written))
	for i, w := range written {
		all[i] = name{written: w, ascii: w}
	}
	return all
}

// paired are names given as written, ascii, written, ascii, ….
func paired(spellings ...string) []name {
	all := make([]name, 0, len(spellings)/2)
	for i := 0; i+1 < len(spellings); i += 2 {
		all = append(all, name{written: spellings[i], ascii: spellings[i+1]})
	}
	return all
}

var cultures = [...]names{
	german: {
		women: plain("Anna", "Clara", "Emma", "Frieda", "Greta", "Hanna", "Ida", "Johanna", "Katrin", "Lena", "Mara", "Nele", "Paula", "Ronja", "Svenja", "Wiebke"),
		men:   append(plain("Anton", "Bruno", "Emil", "Felix", "Henrik", "Jonas", "Karl", "Lukas", "Moritz", "Niklas", "Oskar", "Paul", "Theo", "Willem"), paired("Jürgen", "Juergen", "Sören", "Soeren")...),
		last:  append(plain("Albers", "Brandt", "Claasen", "Dietz", "Ehlers", "Fuchs", "Hartwig", "Jansen", "Kessler", "Lorenz", "Petersen", "Reuter", "Seidel", "Thoma", "Vogel", "Winkler"), paired("Möller", "Moeller", "Schäfer", "Schaefer", "Grüneberg", "Grueneberg", "Voß", "Voss")...),
	},
	french: {
		women: append(plain("Camille", "Elise", "Jeanne", "Juliette", "Louise", "Manon", "Margaux", "Nathalie", "Sylvie"), paired("Chloé", "Chloe", "Hélène", "Helene", "Zoé", "Zoe")...),
		men:   append(plain("Antoine", "Baptiste", "Gaspard", "Hugo", "Julien", "Louis", "Mathieu", "Pascal", "Quentin"), paired("André", "Andre", "Jérôme", "Jerome", "Loïc", "Loic")...),
		last:  append(plain("Arnaud", "Bonnet", "Chevalier", "Delorme", "Fontaine", "Girard", "Lambert", "Marchand", "Perrin", "Renaud", "Tissot"), paired("Lefèvre", "Lefevre", "Béranger", "Beranger", "D'Aubry", "DAubry")...),
	},
	iberian: {
		women: append(plain("Alba", "Beatriz", "Carmen", "Elena", "Ines", "Lucia", "Marta", "Pilar", "Rita"), paired("Sofía", "Sofia", "Conceição", "Conceicao")...),
		men:   append(plain("Alvaro", "Bruno", "Diego", "Duarte", "Jorge", "Mateo", "Pablo", "Tiago"), paired("José", "Jose", "João", "Joao", "Iñaki", "Inaki")...),
		last:  append(plain("Almeida", "Campos", "Duarte", "Ferreira", "Iglesias", "Molina", "Navarro", "Prado", "Ramos", "Vidal"), paired("Muñoz", "Munoz", "Gonçalves", "Goncalves", "Peñalver", "Penalver")...),
	},
	italian: {
		women: plain("Alice", "Bianca", "Chiara", "Elisa", "Francesca", "Giulia", "Ilaria", "Marta", "Noemi", "Sara"),
		men:   append(plain("Alessio", "Dario", "Enzo", "Fabio", "Lorenzo", "Marco", "Pietro", "Tommaso", "Valerio"), paired("Nicolò", "Nicolo")...),
		last:  plain("Barbieri", "Caruso", "De Santis", "Fontana", "Galli", "Leone", "Marchetti", "Negri", "Orlando", "Rinaldi", "Serra", "Villa"),
	},
	english: {
		women: plain("Aoife", "Bridget", "Charlotte", "Eleanor", "Fiona", "Grace", "Imogen", "Maeve", "Orla", "Ruth"),
		men:   plain("Callum", "Declan", "Edmund", "Finn", "George", "Liam", "Oliver", "Ronan", "Samuel", "Thomas"),
		last:  append(plain("Ashworth", "Byrne", "Callaghan", "Doyle", "Fairley", "Hargrove", "Kavanagh", "Langley", "Nolan", "Whitfield"), paired("O'Shea", "OShea", "O'Rourke", "ORourke")...),
	},
	arabic: {
		women: plain("Amal", "Dalia", "Farah", "Hanan", "Leila", "Mariam", "Nour", "Rania", "Samira", "Yasmin"),
		men:   plain("Adil", "Bilal", "Farid", "Hamza", "Idris", "Karim", "Nabil", "Omar", "Rachid", "Tariq"),
		last:  plain("Abbas", "Benali", "Chahine", "El Amrani", "Haddad", "Khoury", "Mansour", "Nasser", "Saleh", "Tahiri"),
	},
	chinese: {
		women: paired("芳", "fang", "静", "jing", "丽华", "lihua", "梅", "mei", "晓燕", "xiaoyan", "雅婷", "yating", "思雨", "siyu", "欣怡", "xinyi"),
		men:   paired("伟", "wei", "强", "qiang", "建国", "jianguo", "子轩", "zixuan", "浩然", "haoran", "志明", "zhiming", "俊杰", "junjie", "鹏", "peng"),
		last:  paired("王", "wang", "李", "li", "张", "zhang", "陈", "chen", "刘", "liu", "黄", "huang", "赵", "zhao", "周", "zhou", "吴", "wu", "欧阳", "ouyang"),
	},
	japanese: {
		women: paired("陽子", "yoko", "美咲", "misaki", "さくら", "sakura", "結衣", "yui", "千尋", "chihiro"),
		men:   paired("健太", "kenta", "翔", "sho", "大輔", "daisuke", "拓海", "takumi", "蓮", "ren"),
		last:  paired("佐藤", "sato", "鈴木", "suzuki", "高橋", "takahashi", "田中", "tanaka", "渡辺", "watanabe", "山本", "yamamoto", "小林", "kobayashi"),
	},
	korean: {
		women: paired("지우", "jiwoo", "서연", "seoyeon", "하은", "haeun", "민지", "minji"),
		men:   paired("민준", "minjun", "도윤", "doyun", "지훈", "jihun", "현우", "hyunwoo"),
		last:  paired("김", "kim", "이", "lee", "박", "park", "최", "choi", "정", "jung", "강", "kang"),
	},
}

// strangers weighs the cultures of people who live in Europe and carry names
// from elsewhere.
var strangers = runningTotal([]int{german: 2, french: 1, iberian: 2, italian: 2, english: 2, arabic: 5, chinese: 4, japanese: 1, korean: 1})
