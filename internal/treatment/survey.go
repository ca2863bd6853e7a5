package treatment

import (
	"time"

	"parley/internal/prompt"
)

// SurveyPlan is what a caller is asked after the call (QU-20), 1 to 5 questions.
type SurveyPlan struct {
	Questions []Question `json:"questions"`
}

// Question is answered by a key from 1 to 5.
type Question struct {
	Name   string        `json:"name"`
	Prompt prompt.Prompt `json:"prompt"`
}

// Survey is a caller who answers.
type Survey struct {
	Plan  *SurveyPlan `json:"plan"`
	Index int         `json:"index"` // of the question
	Again bool        `json:"again,omitempty"`
}

const (
	playQuestion = "question"
	playThanks   = "thanks"
	forAnswer    = 5 * time.Second
)

func (s *Survey) begin(t *turn) { s.ask(t) }

// ask plays the next question, or thanks.
func (s *Survey) ask(t *turn, before ...prompt.Prompt) {
	t.sleep()
	if s.Index >= len(s.Plan.Questions) {
		t.play(playThanks, prompt.OfStandard(prompt.SurveyThanks))
		return
	}
	t.play(playQuestion, append(before, s.Plan.Questions[s.Index].Prompt)...)
}

func (s *Survey) played(t *turn, what string) {
	if what == playThanks {
		t.over(Over{How: Done})
		return
	}
	t.wake(forAnswer)
}

func (s *Survey) keyed(t *turn, key string) {
	if s.Index >= len(s.Plan.Questions) {
		return
	}
	if key < "1" || key > "5" {
		s.retry(t, prompt.OfStandard(prompt.Invalid))
		return
	}
	t.do(Scored{Question: s.Plan.Questions[s.Index].Name, Score: int(key[0] - '0')})
	s.next(t)
}

func (s *Survey) woken(t *turn) { s.retry(t) }

// retry asks once more, then passes the question over.
func (s *Survey) retry(t *turn, before ...prompt.Prompt) {
	if s.Again {
		s.next(t)
		return
	}
	s.Again = true
	s.ask(t, before...)
}

func (s *Survey) next(t *turn) {
	s.Index, s.Again = s.Index+1, false
	s.ask(t)
}

func (*Survey) told(*turn, Signal) {}
