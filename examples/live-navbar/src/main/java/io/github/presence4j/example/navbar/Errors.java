package io.github.presence4j.example.navbar;

import io.github.presence4j.PresenceException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Reports an error in one sentence. If the store does not answer, the response is 503, never an empty list. */
@RestControllerAdvice
class Errors {

    @ExceptionHandler
    ResponseEntity<Fault> badInput(IllegalArgumentException e) {
        return answer(HttpStatus.BAD_REQUEST, sentence(e));
    }

    @ExceptionHandler
    ResponseEntity<Fault> missing(MissingServletRequestParameterException e) {
        return answer(HttpStatus.BAD_REQUEST, "the parameter " + e.getParameterName() + " is missing");
    }

    @ExceptionHandler
    ResponseEntity<Fault> undecodable(InvalidParameterException e) {
        return answer(HttpStatus.BAD_REQUEST, "the parameters are not percent-encoded UTF-8");
    }

    @ExceptionHandler
    ResponseEntity<Fault> unavailable(PresenceException e) {
        return answer(HttpStatus.SERVICE_UNAVAILABLE, sentence(e));
    }

    static String sentence(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** JSON whatever was asked for, so that a refused event stream can be read too. */
    private static ResponseEntity<Fault> answer(HttpStatus status, String sentence) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Fault(sentence));
    }

    /** What went wrong. */
    record Fault(String error) {}
}
