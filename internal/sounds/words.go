package sounds

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"sync"
)

// shelves hold the recorded words of each language by entry, read from its archive once.
var shelves = struct {
	sync.Mutex
	of map[string]map[string]*zip.File
}{of: map[string]map[string]*zip.File{}}

// Word loads a recorded word of a language (ISO 639-1) at Narrow or Wide, or gives ErrNotBuilt. Words are cut so close
// that they can be joined as they are.
func Word(language, word string, rate int) (Sound, error) {
	file := shelf(language)[WordEntry(word, rate)]
	if file == nil {
		return Sound{}, fmt.Errorf("word %q in %s at %d Hz: %w", word, language, rate, ErrNotBuilt)
	}
	law, err := readEntry(file)
	if err != nil {
		return Sound{}, fmt.Errorf("word %q in %s: %w", word, language, err)
	}
	return Sound{Rate: rate, Samples: Expand(law)}, nil
}

// WordArchive is the name of the file in which the build keeps the words of a language: a ZIP archive of samples in
// µ-law (ITU-T G.711), an entry for each word and rate.
func WordArchive(language string) string { return "words." + language + ".zip" }

// WordEntry is the name of a word in its archive.
func WordEntry(word string, rate int) string { return fmt.Sprintf("%dk/%s", rate/1000, word) }

func shelf(language string) map[string]*zip.File {
	shelves.Lock()
	defer shelves.Unlock()
	words, read := shelves.of[language]
	if !read {
		var err error
		if words, err = readArchive(WordArchive(language)); err == nil {
			shelves.of[language] = words
		}
	}
	return words
}

func readArchive(name string) (map[string]*zip.File, error) {
	file, err := built.ReadFile("built/" + name)
	if err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	words := make(map[string]*zip.File, len(archive.File))
	for _, f := range archive.File {
		words[f.Name] = f
	}
	return words, nil
}

func readEntry(file *zip.File) ([]byte, error) {
	r, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
