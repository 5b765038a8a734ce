package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.http.Answer.Header;
import java.lang.System.Logger.Level;
import java.util.List;

/** The handler that serves pages to GET requests. */
final class PageService implements Door {
    private static final System.Logger LOG = System.getLogger(PageService.class.getName());

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int OTHER_METHOD = 405;
    private static final int FAILED = 500;

    private final Pages pages;

    PageService(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Answer answer(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return new Answer(OTHER_METHOD, List.of(new Header("Allow", "GET, HEAD")), Bytes.EMPTY);
        }
        try {
            return pages.at(request.path(), request.header("Accept"))
                    .map(page -> new Answer(OK, List.of(new Header("Content-Type", page.type())), page.content()))
                    .orElseGet(() -> Answer.bare(NOT_FOUND));
        } catch (Throwable fault) {
            LOG.log(Level.ERROR, "A page failed: " + request.path(), fault);
            return Answer.bare(FAILED);
        }
    }

    @Override
    public Answer refused(Request request, ApiException refusal) {
        return Answer.bare(refusal.code().status());
    }
}
