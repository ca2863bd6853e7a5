package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"strings"
)

// missing says why a named test does not exist, or "" when it does. A test is named
//
//	internal/call TestStories/queue_answer
//	web/e2e/call.spec.ts "ring card shows"
func missing(tree fs.FS, test string) string {
	place, name, _ := strings.Cut(test, " ")
	name = strings.TrimSpace(name)
	switch {
	case place == "" || name == "":
		return "want a folder and a Go test, or a file and a title in quotes"
	case name[0] == '"':
		return missingTitle(tree, place, name)
	default:
		return missingGoTest(tree, place, name)
	}
}

func missingTitle(tree fs.FS, file, quoted string) string {
	title := strings.TrimSuffix(quoted[1:], `"`)
	if title == "" || len(title) != len(quoted)-2 {
		return "want the title between quotes: " + quoted
	}
	text, err := fs.ReadFile(tree, file)
	if err != nil {
		return "no file " + file
	}
	for _, quote := range []string{`"`, "'", "`"} {
		if strings.Contains(string(text), quote+title+quote) {
			return ""
		}
	}
	return fmt.Sprintf("no test titled %s in %s", quoted, file)
}

func missingGoTest(tree fs.FS, folder, name string) string {
	name, story, isStory := strings.Cut(name, "/")
	sources, found := "", false
	entries, err := fs.ReadDir(tree, folder)
	if err != nil {
		return "no folder " + folder
	}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), "_test.go") {
			continue
		}
		source, err := fs.ReadFile(tree, path.Join(folder, entry.Name()))
		if err != nil {
			return err.Error()
		}
		sources += string(source)
		found = found || declares(source, name)
	}
	switch {
	case !found:
		return fmt.Sprintf("no %s in %s", name, folder)
	case isStory && !hasStory(tree, folder, story, sources):
		return fmt.Sprintf("no story testdata/%s.txt in %s, and no subtest of that name", story, folder)
	}
	return ""
}

// hasStory says whether a subtest is a story file, or stands as a string in the tests, as `go test` writes names:
// with underscores for spaces.
func hasStory(tree fs.FS, folder, story, sources string) bool {
	if file, err := tree.Open(path.Join(folder, "testdata", story+".txt")); err == nil {
		return file.Close() == nil
	}
	return strings.Contains(strings.ReplaceAll(sources, " ", "_"), `"`+story+`"`)
}

func declares(source []byte, name string) bool {
	if !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Fuzz") && !strings.HasPrefix(name, "Benchmark") {
		return false
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	for _, declared := range file.Decls {
		if f, ok := declared.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == name {
			return true
		}
	}
	return false
}
