// Command rfccheck verifies that code cites only RFCs that stand in docs/rfc.txt, and that the list is well formed.
// Usage: rfccheck, in the root of the repository.
package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const list = "docs/rfc.txt"

// searched are the folders in which code may cite.
var searched = []string{"internal", "cmd", "tools", "web"}

// passedOver are folders below them that hold no code of ours; tools/rfccheck cites what does not exist, in its test.
var passedOver = []string{"web/node_modules", "web/dist", "tools/rfccheck"}

var (
	cited = regexp.MustCompile(`\bRFC[ -]?([0-9]{3,5})\b`)
	row   = regexp.MustCompile(`^([0-9]+) +(yes|partial|no) +(\S.*?) — (\S.*)$`)
)

func main() {
	if !run(os.DirFS("."), os.Stdout) {
		os.Exit(1)
	}
}

// run prints what is wrong, or how many RFCs are listed, and says whether all is well.
func run(tree fs.FS, out io.Writer) bool {
	listed, problems := readList(tree)
	for _, folder := range searched {
		if _, err := fs.Stat(tree, folder); err != nil {
			continue
		}
		found, err := search(tree, folder, listed)
		if err != nil {
			found = append(found, err.Error())
		}
		problems = append(problems, found...)
	}
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	fmt.Fprintf(out, "%d RFCs are listed\n", len(listed))
	return len(problems) == 0
}

// readList reads rows of "number yes/partial/no title — remark" in the order of their numbers.
func readList(tree fs.FS) (listed map[string]bool, problems []string) {
	listed = map[string]bool{}
	text, err := fs.ReadFile(tree, list)
	if err != nil {
		return listed, []string{err.Error()}
	}
	last, number := 0, 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cells := row.FindStringSubmatch(line)
		if cells == nil {
			problems = append(problems, fmt.Sprintf("%s:%d: want: number yes/partial/no title — remark", list, number))
			continue
		}
		rfc, err := strconv.Atoi(cells[1])
		if err != nil || rfc <= last {
			problems = append(problems, fmt.Sprintf("%s:%d: RFC %s is out of order or there twice", list, number, cells[1]))
		}
		last = rfc
		listed[cells[1]] = true
	}
	return listed, problems
}

// search returns a sentence for each line of code that cites an RFC outside the list.
func search(tree fs.FS, folder string, listed map[string]bool) (problems []string, err error) {
	err = fs.WalkDir(tree, folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains(passedOver, path) {
			return fs.SkipDir
		}
		if !isCode(path) {
			return nil
		}
		file, err := tree.Open(path)
		if err != nil {
			return err
		}
		problems = append(problems, unlisted(path, file, listed)...)
		return file.Close()
	})
	return problems, err
}

func isCode(path string) bool {
	return slices.ContainsFunc([]string{".go", ".ts", ".tsx", ".sql"}, func(end string) bool {
		return strings.HasSuffix(path, end)
	})
}

func unlisted(path string, code io.Reader, listed map[string]bool) (problems []string) {
	scanner := bufio.NewScanner(code)
	scanner.Buffer(nil, 16<<20)
	for number := 1; scanner.Scan(); number++ {
		for _, found := range cited.FindAllStringSubmatch(scanner.Text(), -1) {
			if !listed[found[1]] {
				problems = append(problems, fmt.Sprintf("%s:%d: cites RFC %s, which is not in %s", path, number, found[1], list))
			}
		}
	}
	if err := scanner.Err(); err != nil {
		problems = append(problems, path+": "+err.Error())
	}
	return problems
}
