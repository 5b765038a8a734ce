package io.gramme.delivery.trigger;

/** The form in which a failure record is appended to a file: as it is, or encrypted. For use by any thread. */
@FunctionalInterface
public interface LetterCoding {
    LetterCoding CLEAR = (_, letter) -> letter;

    /**
     * The line of a record.
     *
     * @param file the name of the file, to which the line belongs
     * @return without a line break
     */
    byte[] line(String file, byte[] letter);
}
