// Command reqcheck verifies docs/requirements.txt: that each id is a known one and that each test it names exists.
// Usage: reqcheck, in the root of the repository.
package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

const (
	requirements = "docs/requirements.txt"
	knownIDs     = "docs/ids.txt"
)

func main() {
	if !run(os.DirFS("."), os.Stdout) {
		os.Exit(1)
	}
}

// run prints what is wrong, or how many ids are covered, and says whether all is well.
func run(tree fs.FS, out io.Writer) bool {
	known, err := readIDs(tree)
	if err != nil {
		fmt.Fprintln(out, "reqcheck:", err)
		return false
	}
	file, err := tree.Open(requirements)
	if err != nil {
		fmt.Fprintln(out, "reqcheck:", err)
		return false
	}
	defer file.Close()
	covered, problems := check(file, known, tree)
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	fmt.Fprintf(out, "%d of %d requirements are covered by a test\n", covered, len(known))
	return len(problems) == 0
}

func readIDs(tree fs.FS) (map[string]bool, error) {
	text, err := fs.ReadFile(tree, knownIDs)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, id := range strings.Fields(string(text)) {
		known[id] = true
	}
	return known, nil
}

// check reads the list line by line and returns how many ids have a test, and a sentence for everything wrong.
func check(list io.Reader, known map[string]bool, tree fs.FS) (covered int, problems []string) {
	seen, lines := map[string]bool{}, map[string]int{}
	scanner := bufio.NewScanner(list)
	for number := 1; scanner.Scan(); number++ {
		text := strings.TrimSpace(scanner.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		wrong := func(why string) {
			problems = append(problems, fmt.Sprintf("%s:%d: %s", requirements, number, why))
		}
		if first := lines[text]; first != 0 {
			wrong(fmt.Sprintf("the same as line %d", first))
			continue
		}
		lines[text] = number
		id, test, _ := strings.Cut(text, " ")
		if !known[id] {
			wrong(id + " is not an id of the specification (" + knownIDs + ")")
			continue
		}
		if why := missing(tree, strings.TrimSpace(test)); why != "" {
			wrong(id + ": " + why)
			continue
		}
		seen[id] = true
	}
	if err := scanner.Err(); err != nil {
		problems = append(problems, err.Error())
	}
	return len(seen), problems
}
