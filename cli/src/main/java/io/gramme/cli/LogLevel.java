package io.gramme.cli;

import java.util.logging.Level;

/** The log levels of the command line. */
enum LogLevel {
    ERROR,
    WARNING,
    INFO,
    DEBUG;

    static final class Text extends EnumText<LogLevel> {
        Text() {
            super(LogLevel.values());
        }
    }

    Level level() {
        return switch (this) {
            case ERROR -> Level.SEVERE;
            case WARNING -> Level.WARNING;
            case INFO -> Level.INFO;
            case DEBUG -> Level.FINE;
        };
    }
}
