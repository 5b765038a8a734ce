package io.gramme.transfer.format;

/** ExportViewType: which images the records of an incremental export have. */
public enum ExportView {
    NEW_AND_OLD_IMAGES,
    NEW_IMAGE
}
