package demo

import (
	"parley/internal/sounds"
	"parley/internal/store"
	"parley/internal/tel"
)

// The demo's numbers that lead to its queues.
const (
	NumberSales   tel.Number = "+12025550100"
	NumberSupport tel.Number = "+12025550101"
)

// person is one of the demo's users, each with an agent profile and a number of his or her own.
type person struct {
	email, first, last string
	role               store.Role
	extension          string
	sipUser            string
	direct             tel.Number
	works              bool // the queues deliver: rung as soon as Start is pressed
}

var people = []person{
	{"admin@demo.parley", "Ada", "Admin", store.RoleAdmin, "100", "ada-100", "+12025550110", false},
	{"sam@demo.parley", "Sam", "Supervisor", store.RoleSupervisor, "101", "sam-101", "+12025550111", false},
	{"ann@demo.parley", "Ann", "Archer", store.RoleAgent, "102", "ann-102", "+12025550112", true},
	{"bob@demo.parley", "Bob", "Baker", store.RoleAgent, "103", "bob-103", "+12025550113", true},
}

// caller is somebody who may ring: a customer, or a stranger when there is no name.
type caller struct {
	number  tel.Number
	name    string
	company string
	email   string
	notes   string
	speech  string // name of a sound
}

// friend is the customer who calls when somebody asks to be rung.
var friend = caller{
	"+12025550151", "Rosa Delgado", "Delgado Travel", "rosa@delgado-travel.example",
	"Calls to see whether your headset works.", sounds.CarrierRing,
}

// callers may ring the queues. The first six say their own names, or speak of their own matters, in their speeches; the
// last nine are strangers, so that a ring card without a name is seen too.
var callers = []caller{
	{
		"+12025550140", "Anna Fischer", "", "anna.fischer@mail.example",
		"Order 47192, a desk lamp. Prefers to be called after five.", sounds.CallerOrder,
	},
	{
		"+12025550141", "Bruno Costa", "", "bruno.costa@mail.example",
		"Lives at 21 Harbour Street; parcels for number 12 often end up with him.", sounds.CallerDelivery,
	},
	{
		"+12025550142", "Clara Jensen", "Jensen Bakery", "clara@jensen-bakery.example",
		"Invoices go to the bakery, not to her home.", sounds.CallerInvoice,
	},
	{
		"+12025550143", "David Okafor", "", "d.okafor@mail.example",
		"Bought headphones in September.", sounds.CallerReturn,
	},
	{
		"+12025550144", "Emma Novak", "Novak Interiors", "emma@novak-interiors.example",
		"Furnishes offices. Ten per cent off from thirty pieces on.", sounds.CallerQuote,
	},
	{
		"+12025550145", "Frank Miller", "Miller & Sons", "frank@millerandsons.example",
		"Account under his own name, not the firm's.", sounds.CallerPassword,
	},
	{
		"+12025550146", "Grace Lindqvist", "Northwind Yoga", "grace@northwind-yoga.example",
		"Studio opens at nine.", sounds.CallerInvoice,
	},
	{
		"+12025550147", "Hugo Marchetti", "Trattoria Lucca", "hugo@trattoria-lucca.example",
		"Do not call between twelve and two.", sounds.CallerReturn,
	},
	{
		"+12025550148", "Ines Ferreira", "", "ines.ferreira@mail.example",
		"Moved in spring; new address is on file.", sounds.CallerInvoice,
	},
	{
		"+12025550149", "Jonas Weber", "Weber Cycles", "jonas@weber-cycles.example",
		"Three shops, one account.", sounds.CallerReturn,
	},
	{
		"+12025550150", "Kate O'Brien", "Harbour Dental", "kate@harbour-dental.example",
		"Ask for the practice manager.", sounds.CallerInvoice,
	},
	{number: "+12025550160", speech: sounds.CallerReturn},
	{number: "+12025550161", speech: sounds.CallerInvoice},
	{number: "+12025550162", speech: sounds.CallerReturn},
	{number: "+12025550163", speech: sounds.CallerInvoice},
	{number: "+12025550164", speech: sounds.CallerReturn},
	{number: "+12025550165", speech: sounds.CallerInvoice},
	{number: "+12025550166", speech: sounds.CallerReturn},
	{number: "+12025550167", speech: sounds.CallerInvoice},
	{number: "+12025550168", speech: sounds.CallerReturn},
}
