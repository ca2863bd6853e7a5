package routing

import "parley/internal/dest"

// Graph is all that a number's calls can come to, as data for a picture (BX-10).
type Graph struct {
	Nodes []Node `json:"nodes"` // the number's destination first, each before what it leads to
	Edges []Edge `json:"edges"`
}

// Node is a place where calls can be.
type Node struct {
	dest.Destination
	Name    string `json:"name,omitempty"`
	Live    int    `json:"live"`              // calls that are there now
	Trouble string `json:"trouble,omitempty"` // why calls cannot stay there
}

// Edge is a way from one node to another, both as their place in Nodes. From is -1 for the way out of the number.
type Edge struct {
	From  int    `json:"from"`
	To    int    `json:"to"`
	Way   Way    `json:"way"`
	Label string `json:"label,omitempty"` // the keys, or the name of the entry
}

// Graph draws where a number's calls can go; live counts the calls at each place.
func (p *Plan) Graph(n Number, live map[dest.Destination]int) Graph {
	g := Graph{Nodes: []Node{}, Edges: []Edge{}}
	places := map[dest.Destination]int{}
	place := func(d dest.Destination) int {
		at, known := places[d]
		if !known {
			at = len(g.Nodes)
			places[d] = at
			g.Nodes = append(g.Nodes, Node{Destination: d, Name: p.NameOf(d), Live: live[d], Trouble: p.broken(d)})
		}
		return at
	}
	g.Edges = append(g.Edges, Edge{From: -1, To: place(orHangup(n.Destination)), Way: ByNumber})
	for at := 0; at < len(g.Nodes); at++ {
		for _, e := range p.edges(g.Nodes[at].Destination) {
			g.Edges = append(g.Edges, Edge{From: at, To: place(e.to), Way: e.way, Label: e.label})
		}
	}
	return g
}
