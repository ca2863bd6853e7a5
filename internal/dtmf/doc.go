// Package dtmf finds, makes and removes the sixteen telephone keys sent as sound (ITU-T Q.23, Q.24).
package dtmf
