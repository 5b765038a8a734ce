/**
 * The services of AWS that a server answers beside DynamoDB, in AWS's general protocols: their requests and responses are
 * documents, which have no model here.
 */
@NullMarked
package io.gramme.api.service;

import org.jspecify.annotations.NullMarked;
