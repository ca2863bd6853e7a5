package prompt

import (
	"strings"
	"time"
)

type spanish struct{}

var spanishBelow30 = [...]string{
	"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce", "trece",
	"catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve", "veinte", "veintiuno", "veintidós",
	"veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
}

var spanishTens = [...]string{
	3: "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa",
}

var spanishHundreds = [...]string{
	1: "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos",
	"ochocientos", "novecientos",
}

var (
	spanishDays   = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	spanishMonths = [...]string{
		1: "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
		"noviembre", "diciembre",
	}
)

func (spanish) below100(n int) string {
	switch {
	case n < len(spanishBelow30):
		return spanishBelow30[n]
	case n%10 == 0:
		return spanishTens[n/10]
	}
	return spanishTens[n/10] + " y " + spanishBelow30[n%10]
}

// masculine is a number below 100 before a masculine noun and before mil: un, veintiún, treinta y un.
func (s spanish) masculine(n int) string {
	switch {
	case n == 21:
		return "veintiún"
	case n%10 == 1 && n != 11:
		return strings.TrimSuffix(s.below100(n), "o")
	}
	return s.below100(n)
}

// feminine is a number below 100 before a feminine noun: una, veintiuna.
func (s spanish) feminine(n int) string {
	if n%10 == 1 && n != 11 {
		return strings.TrimSuffix(s.below100(n), "o") + "a"
	}
	return s.below100(n)
}

// below1000 is a number from 1 on, its last part put by end.
func (spanish) below1000(n int, end func(int) string) (words []string) {
	switch {
	case n == hundred:
		return []string{"cien"}
	case n > hundred:
		words = append(words, spanishHundreds[n/hundred])
	}
	if n %= hundred; n > 0 {
		words = append(words, end(n))
	}
	return words
}

func (s spanish) number(n int) (words []string) {
	if n == 0 {
		return []string{s.below100(0)}
	}
	if t := n / thousand; t > 1 {
		words = s.below1000(t, s.masculine)
	}
	if n >= thousand {
		words, n = append(words, "mil"), n%thousand
	}
	if n == 0 {
		return words
	}
	return append(words, s.below1000(n, s.below100)...)
}

func (s spanish) position(n int) []string {
	if n == 1 {
		return []string{"Su llamada es la siguiente."}
	}
	return append(append([]string{"Usted es el número"}, s.number(n)...), "en la cola.")
}

var spanishWaits = map[Kind]string{
	Wait: "El tiempo de espera es de aproximadamente", WaitBelow: "El tiempo de espera es de menos de",
	WaitExact: "El tiempo de espera es de",
}

func (s spanish) wait(how Kind, minutes int) []string {
	if minutes == 0 {
		return []string{"El tiempo de espera es de menos de un minuto."}
	}
	words := []string{spanishWaits[how]}
	if h := minutes / hourMinutes; h > 0 {
		words = append(words, s.feminine(h), plural(h, "hora", "horas"))
		if minutes %= hourMinutes; minutes == 0 {
			return words
		}
		words = append(words, "y")
	}
	return append(words, s.masculine(minutes), plural(minutes, "minuto", "minutos"))
}

// clock is of twelve hours, as it is said: las tres y cuarto de la tarde.
func (s spanish) clock(hour, minute int) []string {
	twelve := (hour+11)%12 + 1
	words := []string{"las " + s.feminine(twelve)}
	if twelve == 1 {
		words[0] = "la una"
	}
	switch minute {
	case 0:
	case 15:
		words = append(words, "y cuarto")
	case 30:
		words = append(words, "y media")
	default:
		words = append(words, "y", s.below100(minute))
	}
	return append(words, s.part(hour, minute))
}

func (spanish) part(hour, minute int) string {
	switch {
	case hour == 0 && minute == 0:
		return "de la noche"
	case hour < 6:
		return "de la madrugada"
	case hour < 12:
		return "de la mañana"
	case hour == 12 && minute == 0:
		return "del mediodía"
	case hour < 20:
		return "de la tarde"
	}
	return "de la noche"
}

func (s spanish) date(weekday time.Weekday, day int, m time.Month) []string {
	return []string{spanishDays[weekday], s.below100(day), "de " + spanishMonths[m]}
}
