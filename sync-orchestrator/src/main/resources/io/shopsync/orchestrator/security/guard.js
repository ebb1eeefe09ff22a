function (doc, old, user) {
  var shop = '@shop@', bare = doc._deleted && @bareDeletions@;
  if (bare) for (var key in doc) if (!/^_(id|rev|revisions|deleted)$/.test(key)) bare = false;
  if (doc.shopId !== shop && !bare)
    throw({forbidden: 'shopId must be ' + shop});
  if (old && old.shopId !== undefined && old.shopId !== shop && !(doc._deleted && user.roles.indexOf('_admin') >= 0))
    throw({forbidden: 'the document belongs to another shop'});
  if (user.name && user.name.indexOf('shop_') === 0 && user.name.indexOf('shop_' + shop + '_') !== 0)
    throw({forbidden: 'the login belongs to another shop'});
}
